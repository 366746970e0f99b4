//! Writes pages that show every component with names and numbers as they come in life, to be looked at:
//! `cargo run -p app --features ssr --example gallery -- FOLDER`. Served beside `style` as `/style` and its fonts as
//! `/fonts`. No page of the product uses this.

use app::ui::*;
use leptos::prelude::*;
use locales::Moment;
use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned());
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    type Show = fn() -> AnyView;
    let pages: [(&str, &str, Show); 5] = [
        ("order", "portal", order),
        ("orders", "portal", orders),
        ("sign-up", "portal", sign_up),
        ("tickets", "desk", tickets),
        ("ticket", "desk", ticket),
    ];
    for (name, class, page) in pages {
        let body = Owner::new().with(|| page().to_html());
        fs::write(folder.join(format!("{name}.html")), document(name, class, &body))?;
    }
    Ok(())
}

fn document(title: &str, class: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"uk\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"/style/main.css\"></head><body class=\"{class}\">{body}</body></html>"
    )
}

fn link(href: &str, name: &str, here: bool, count: Option<u64>) -> NavLink {
    NavLink { href: href.to_owned(), name: name.to_owned(), here, count }
}

fn moment(said: &str) -> Moment {
    Moment {
        said: said.to_owned(),
        exact: "24 листопада 2026 р., 14:05:12".to_owned(),
        machine: "2026-11-24T14:05:12Z".to_owned(),
    }
}

fn text(words: &str) -> AnyView {
    words.to_owned().into_any()
}

fn languages() -> Languages {
    Languages { back: "/".to_owned(), others: vec![("en".to_owned(), "English".to_owned())] }
}

fn portal(here: &str, content: AnyView) -> AnyView {
    let names =
        [("/products", "Вироби"), ("/designs", "Проєкти"), ("/orders", "Замовлення"), ("/tickets", "Звернення")];
    let links = names.into_iter().map(|(href, name)| link(href, name, href == here, None)).collect();
    let account = Account {
        label: "Ваш обліковий запис".to_owned(),
        name: "Соломія Їжакевич-Наконечна".to_owned(),
        links: vec![link("/profile", "Профіль", false, None), link("/history", "Історія", false, None)],
        sign_out: "Вийти".to_owned(),
    };
    let navigation = Navigation { label: "Головна навігація".to_owned(), links, folded: None };
    view! {
        <Surround skip="Перейти до вмісту" home="/" name="Дубовий дім" navigation guest=Guest::SignedIn(account)
            languages=languages() foot="Працює на Spilno">{content}</Surround>
    }
    .into_any()
}

fn desk(here: &str, content: AnyView) -> AnyView {
    let names = [
        ("/desk", "Робочий стіл", Some(7)),
        ("/desk/tickets", "Звернення", Some(23)),
        ("/desk/orders", "Замовлення", None),
        ("/desk/designs", "Проєкти", Some(4)),
        ("/desk/customers", "Клієнти", None),
        ("/desk/outbox", "Вихідна пошта", Some(1)),
    ];
    let links = names.into_iter().map(|(href, name, count)| link(href, name, href == here, count)).collect();
    let account = Account {
        label: "Ваш обліковий запис".to_owned(),
        name: "Оксана Гнатюк".to_owned(),
        links: vec![link("/profile", "Профіль", false, None)],
        sign_out: "Вийти".to_owned(),
    };
    let folded = Some("Меню".to_owned());
    let navigation = Navigation { label: "Головна навігація".to_owned(), links, folded };
    view! {
        <Surround skip="Перейти до вмісту" home="/desk" name="Дубовий дім" navigation guest=Guest::SignedIn(account)
            languages=languages() foot="Працює на Spilno">{content}</Surround>
    }
    .into_any()
}

/// A stand-in for the drawing of a table.
fn drawing() -> AnyView {
    view! {
        <svg viewBox="0 0 240 150" role="img" aria-label="Стіл 1800 × 900 мм" fill="none" stroke="var(--drawing-line)" stroke-width="1.5">
            <rect x="20" y="36" width="200" height="9" fill="var(--drawing-fill)"/>
            <path d="M34 45v74h8V45 M198 45v74h8V45" fill="var(--drawing-fill)"/>
            <g stroke="var(--drawing-dim)" stroke-width="0.75">
                <path d="M20 30V12 M220 30V12 M20 17h200 M24 15l-4 2 4 2 M216 15l4 2-4 2"/>
            </g>
            <text x="120" y="13" text-anchor="middle" font-size="9" stroke="none" fill="var(--drawing-dim)">"1800"</text>
        </svg>
    }
    .into_any()
}

fn order() -> AnyView {
    let step = |name: &str, progress, said: &str, when: Option<&str>, about: Option<&str>| Step {
        name: name.to_owned(),
        progress,
        said: said.to_owned(),
        when: when.map(str::to_owned),
        about: about.map(str::to_owned),
    };
    let steps = vec![
        step("Погоджено", Progress::Done, "зроблено", Some("12 листопада"), None),
        step("Розкрій і склеювання стільниці", Progress::Done, "зроблено", Some("20 листопада"), None),
        step(
            "Шліфування та олія",
            Progress::Now,
            "зараз",
            Some("до вівторка, 1 грудня"),
            Some("Сушимо між шарами по добі, тож поспішати не будемо."),
        ),
        step("Складання", Progress::Later, "попереду", Some("3 грудня"), None),
        step("Доставка", Progress::Later, "попереду", Some("орієнтовно 7 грудня"), None),
    ];
    let facts = vec![
        ("Виріб".to_owned(), text("Стіл «Хортиця» з дуба, олія, 1800 × 900 × 750 мм")),
        ("Ціна".to_owned(), text("18 400,00 ₴ з ПДВ")),
        ("Куди".to_owned(), text("вул. Ґалаґанівська, 4, під’їзд 2, Переяслав")),
        ("Погоджена версія".to_owned(), view! { <a href="#v">"Версія 4"</a> }.into_any()),
    ];
    let entry = |who: &str, what: &str, at: &str| Entry {
        who: who.to_owned(),
        what: what.to_owned(),
        href: None,
        about: Vec::new(),
        at: moment(at),
        internal: false,
    };
    let entries = vec![
        entry("Оксана Гнатюк", "Крок «Розкрій і склеювання стільниці» завершено", "учора о 16:20"),
        entry("Ви", "Погодили версію 4 за 18 400 ₴", "12 листопада о 09:41"),
    ];
    let content = view! {
        <PageHead title="Стіл «Хортиця» для вітальні" back=("/orders".to_owned(), "Замовлення".to_owned())
            lead="Готовий буде 3 грудня, привеземо приблизно 7-го.">
            <StateLabel tone=StateTone::Busy text="Виготовляємо".to_owned()/>
        </PageHead>
        <div class="columns">
            <div class="stack loose">
                <div class="drawing">{drawing()}</div>
                <section class="section"><h2>"Що вже зроблено"</h2><Steps label="Кроки замовлення" steps/></section>
            </div>
            <div class="stack loose">
                <p class="price">"18 400 ₴"</p>
                <Facts facts/>
                <div class="row">
                    <ButtonLink href="/tickets/new">"Запитати про замовлення"</ButtonLink>
                    <ButtonLink href="#print" kind=ButtonKind::Second>"Надрукувати"</ButtonLink>
                </div>
                <section class="section"><h2>"Історія"</h2><Timeline entries/></section>
            </div>
        </div>
    };
    portal("/orders", content.into_any())
}

fn orders() -> AnyView {
    let end = |tone, word: &str, price: &str| {
        let (word, price) = (word.to_owned(), price.to_owned());
        view! { <StateLabel tone text=word/> <span>{price}</span> }.into_any()
    };
    let content = view! {
        <PageHead title="Замовлення" lead="Усе, що ми для вас робимо й зробили."><ButtonLink href="/products">"Створити своє"</ButtonLink></PageHead>
        <Notice tone=Tone::Attention><p>"Пропозиція на шафу чинна до п’ятниці, 27 листопада. "<a href="#p">"Переглянути"</a></p></Notice>
        <List>
            <Item href="#1" name="Стіл «Хортиця» для вітальні" about="Дуб, олія, 1800 × 900 мм · № 1042" picture=drawing() end=end(StateTone::Busy, "Виготовляємо", "18 400 ₴")/>
            <Item href="#2" name="Стелаж на всю стіну для бібліотеки Інституту енциклопедичних досліджень НАН України" about="Ясен, 12 полиць · № 1039" picture=drawing() end=end(StateTone::Turn, "Чекає на вас", "64 250 ₴")/>
            <Item href="#3" name="Лава" about="Вільха · № 987" picture=drawing() end=end(StateTone::Good, "Прийнято", "4 900 ₴")/>
        </List>
        <Pager previous=None next=Some(("#n".to_owned(), "Наступна сторінка".to_owned()))/>
        <section class="section">
            <h2>"Звернення"</h2>
            <Empty title="Звернень ще немає" text="Тут буде все, про що ви нас питали, і наші відповіді. Напишіть, якщо щось негаразд із замовленням."
                action=("/tickets/new".to_owned(), "Написати нам".to_owned())/>
        </section>
        <section class="section">
            <h2>"Сповіщення"</h2>
            <Notice tone=Tone::Good><p>"Адресу підтверджено."</p></Notice>
            <Notice tone=Tone::Info><p>"Нова адреса почне діяти, щойно ви відкриєте лист на "<strong>"solomiia@example.com"</strong>"."</p></Notice>
            <div class="row">
                <StateLabel tone=StateTone::Calm text="Очікує початку".to_owned()/>
                <StateLabel tone=StateTone::Bad text="Відхилено".to_owned()/>
                {(0..8).map(|number| view! { <Avatar name="Ївга Ґудзь" presence=number/> }).collect_view()}
                <Button kind=ButtonKind::Danger>"Відхилити"</Button><Button kind=ButtonKind::Quiet>"Скасувати"</Button>
            </div>
        </section>
    };
    portal("/orders", content.into_any())
}

fn sign_up() -> AnyView {
    let errors = vec![
        ("email".to_owned(), "Перевірте адресу: у ній бракує @".to_owned()),
        ("told".to_owned(), "Оберіть, як вам повідомляти".to_owned()),
    ];
    let choice = |value: &str, label: &str, about: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        about: Some(about.to_owned()),
    };
    let told = vec![
        choice("each", "Про кожен крок", "Лист щоразу, коли щось змінилося"),
        choice("turn", "Лише коли потрібна відповідь", "Пропозиції, запитання, доставка"),
    ];
    let languages = vec![("uk".to_owned(), "Українська".to_owned()), ("en".to_owned(), "English".to_owned())];
    let guest = Guest::Visitor(vec![link("#in", "Увійти", false, None), link("#up", "Зареєструватися", false, None)]);
    let navigation = Navigation {
        label: "Головна навігація".to_owned(),
        links: vec![link("/products", "Вироби", false, None)],
        folded: None,
    };
    view! {
        <Surround skip="Перейти до вмісту" home="/" name="Дубовий дім" navigation guest languages=self::languages()
            foot="Працює на Spilno" narrow=true>
            <PageHead title="Зареєструватися" lead="Щоб проєктувати разом із нами й бачити, як просувається робота."/>
            <Form problem=Some("Виправте 2 поля".to_owned()) errors>
                <Field label="Ім’я та прізвище" name="name" value="Ґрінченко Євгенія" autocomplete="name"/>
                <Field label="Електронна пошта" name="email" kind="email" value="yevheniia.example.com"
                    error=Some("Перевірте адресу: у ній бракує @".to_owned()) autocomplete="email"/>
                <Field label="Пароль" name="password" kind="password" hint="Щонайменше 10 знаків. Довге речення краще за вигадливе слово." autocomplete="new-password"/>
                <Field label="Організація" name="organisation" optional="необов’язково" autocomplete="organization"/>
                <Select label="Мова" name="language" options=languages value="uk"/>
                <ChoiceGroup label="Як вам повідомляти" name="told" choices=told value="turn" error=Some("Оберіть, як вам повідомляти".to_owned())/>
                <TextArea label="Що хочете замовити" name="wish" optional="необов’язково"/>
                <Checkbox label="Надсилати новини майстерні" name="news" checked=true hint="Не частіше ніж раз на місяць"/>
                <Actions><Button>"Зареєструватися"</Button><ButtonLink href="/" kind=ButtonKind::Quiet>"Скасувати"</ButtonLink></Actions>
            </Form>
        </Surround>
    }
    .into_any()
}

fn tickets() -> AnyView {
    let columns = vec![
        Column::text("Звернення"),
        Column::text("Клієнт"),
        Column::text("Стан"),
        Column::text("Пріоритет"),
        Column::text("Виконавець"),
        Column::number("Оновлено"),
    ];
    let subjects = [
        (
            "Подряпина на стільниці після доставки",
            "Їжакевич-Наконечна Соломія",
            StateTone::Turn,
            "Чекає на нас",
            "Термінова",
        ),
        (
            "Коли привезуть стелаж?",
            "Інститут енциклопедичних досліджень НАН України",
            StateTone::Busy,
            "Відповідаємо",
            "Звичайна",
        ),
        (
            "Дверцята шафи не зачиняються до кінця, якщо знизу стоїть коробка",
            "ТОВ «Ґречні люди»",
            StateTone::Calm,
            "Чекає на клієнта",
            "Низька",
        ),
        ("Рахунок-фактура", "Acme Furniture Trading Ltd", StateTone::Good, "Вирішено", "Звичайна"),
    ];
    let rows = (0..28)
        .map(|at| {
            let (subject, customer, tone, state, priority) = subjects[at % subjects.len()];
            vec![
                view! { <a href="/desk/tickets/1">{subject}</a> }.into_any(),
                text(customer),
                view! { <StateLabel tone text=state.to_owned()/> }.into_any(),
                text(priority),
                text(if at % 3 == 0 { "" } else { "Оксана Гнатюк" }),
                view! { <When at=moment("сьогодні о 14:05")/> }.into_any(),
            ]
        })
        .collect();
    let tab = |name: &str, here, count| Tab { href: "#t".to_owned(), name: name.to_owned(), here, count };
    let tabs = vec![
        tab("Мої", true, Some(7)),
        tab("Без виконавця", false, Some(16)),
        tab("Усі відкриті", false, Some(23)),
        tab("Вирішені", false, None),
    ];
    let content = view! {
        <PageHead title="Звернення">
            <form class="search" role="search">
                <input type="search" name="q" aria-label="Знайти"/><Button kind=ButtonKind::Second><Icon shape=Shape::Search/>"Знайти"</Button>
            </form>
        </PageHead>
        <Tabs label="Які звернення" tabs/>
        <Table caption="Звернення" columns rows/>
        <Pager previous=Some(("#p".to_owned(), "Попередня сторінка".to_owned())) next=Some(("#n".to_owned(), "Наступна сторінка".to_owned()))/>
    };
    desk("/desk/tickets", content.into_any())
}

fn ticket() -> AnyView {
    let message = |id: &str, who: &str, side, at: &str, words: &str, files| Message {
        id: id.to_owned(),
        who: who.to_owned(),
        side,
        at: moment(at),
        text: words.to_owned(),
        files,
    };
    let photo = FileLink {
        href: "#f".to_owned(),
        name: "подряпина на куті.jpg".to_owned(),
        size: "2,4 МБ".to_owned(),
        picture: false,
    };
    let messages = vec![
        message(
            "m1",
            "Соломія Їжакевич-Наконечна",
            Side::Theirs,
            "учора о 18:12",
            "Добрий вечір! Стіл приїхав, він чудовий, але на куті стільниці подряпина сантиметрів з п’ять.\nЧи можна її прибрати вдома?",
            vec![photo],
        ),
        message(
            "m2",
            "Тарас Ґудзь",
            Side::Internal("Бачать лише працівники".to_owned()),
            "учора о 18:40",
            "Схоже на перевізника, третій випадок за місяць. Майстер може в четвер.",
            vec![],
        ),
        message(
            "m3",
            "Оксана Гнатюк",
            Side::Ours,
            "сьогодні о 09:05",
            "Доброго ранку, пані Соломіє! Перепрошуємо. Майстер приїде в четвер між 10:00 і 12:00 і відшліфує кут на місці, це пів години.",
            vec![],
        ),
    ];
    let facts = vec![
        ("Стан".to_owned(), view! { <StateLabel tone=StateTone::Turn text="Чекає на нас".to_owned()/> }.into_any()),
        ("Клієнт".to_owned(), view! { <a href="#c">"Їжакевич-Наконечна Соломія"</a> }.into_any()),
        ("Замовлення".to_owned(), view! { <a href="#o">"№ 1042, стіл «Хортиця»"</a> }.into_any()),
        ("Відповісти до".to_owned(), text("сьогодні, 18:12")),
    ];
    let entries = vec![
        Entry {
            who: "Оксана Гнатюк".to_owned(),
            what: "Взяла звернення".to_owned(),
            href: None,
            about: Vec::new(),
            at: moment("сьогодні о 08:58"),
            internal: true,
        },
        Entry {
            who: "Соломія Їжакевич-Наконечна".to_owned(),
            what: "Прийняла замовлення № 1042".to_owned(),
            href: Some("#o".to_owned()),
            about: Vec::new(),
            at: moment("учора о 17:30"),
            internal: false,
        },
    ];
    let priorities = vec![("normal".to_owned(), "Звичайна".to_owned()), ("urgent".to_owned(), "Термінова".to_owned())];
    let content = view! {
        <PageHead title="Подряпина на стільниці після доставки" back=("/desk/tickets".to_owned(), "Звернення".to_owned())>
            <StateLabel tone=StateTone::Turn text="Чекає на нас".to_owned()/>
            <Button kind=ButtonKind::Second>"Вирішено"</Button>
        </PageHead>
        <div class="columns">
            <div class="stack loose">
                <Conversation messages/>
                <Form wide=true>
                    <TextArea label="Відповідь" name="text"/>
                    <Checkbox label="Внутрішня нотатка" name="internal" checked=false hint="Клієнт її не побачить"/>
                    <Actions><Button>"Надіслати відповідь"</Button></Actions>
                </Form>
            </div>
            <div class="stack loose">
                <Facts facts/>
                <Form><Select label="Пріоритет" name="priority" options=priorities value="urgent"/><Actions><Button kind=ButtonKind::Second>"Зберегти"</Button></Actions></Form>
                <section class="section"><h2>"Історія"</h2><Timeline entries/></section>
            </div>
        </div>
    };
    desk("/desk/tickets", content.into_any())
}

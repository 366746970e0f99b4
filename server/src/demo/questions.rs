//! What customers ask in tickets, when they do, what they are answered, and what comes with it.

use super::words::Words;
use domain::Priority;

/// When such a question comes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Until the order is there.
    Before,
    /// When it is in use.
    After,
    /// Also without an order.
    Any,
}

/// A file of `pictures/` under the name that its sender gave it.
pub type Attached = Option<(&'static str, &'static str)>;

pub struct Question {
    pub when: When,
    pub subject: &'static str,
    pub text: &'static str,
    pub asked_with: Attached,
    pub answer: &'static str,
    pub answered_with: Attached,
}

const fn question(when: When, subject: &'static str, text: &'static str, answer: &'static str) -> Question {
    Question { when, subject, text, asked_with: None, answer, answered_with: None }
}

impl Question {
    const fn showing(self, file: &'static str, name: &'static str) -> Self {
        Self { asked_with: Some((file, name)), ..self }
    }

    const fn answered_with(self, file: &'static str, name: &'static str) -> Self {
        Self { answered_with: Some((file, name)), ..self }
    }
}

pub const QUESTIONS: Words<Question> = Words::new(
    &[
        question(
            When::Before,
            "Коли очікувати доставку?",
            "Добрий день! Планую ремонт і хочу знати точніший день доставки.",
            "Вітаємо! За планом відправляємо наприкінці тижня, напишемо, щойно передамо перевізникові.",
        ),
        question(
            When::After,
            "Подряпина після доставки",
            "Після розпакування помітили дрібну подряпину біля краю, на фото обведено. Що робити?",
            "Дуже шкода. Надішлемо набір догляду безкоштовно; якщо не допоможе, приїде майстер.",
        )
        .showing("scratch.jpg", "подряпина.jpg"),
        question(
            When::After,
            "Інструкція зі складання",
            "Не знайшли в пакунку інструкцію. Надішліть, будь ласка, електронну.",
            "Додаємо до цього повідомлення. Якщо щось незрозуміло, телефонуйте.",
        )
        .answered_with("assembly.pdf", "Складання.pdf"),
        question(
            When::After,
            "Трохи хитається",
            "Стоїть на рівній підлозі, а все-таки трохи хитається.",
            "Підтягніть, будь ласка, гвинт під заглушкою. Якщо лишиться, замінимо кріплення.",
        )
        .answered_with("assembly.pdf", "Де гвинт.pdf"),
        question(
            When::Before,
            "Змінити адресу доставки",
            "Можна доставити за іншою адресою? Переїхали раніше, ніж думали.",
            "Так, адресу змінили. Вартість доставки та сама.",
        ),
        question(
            When::Any,
            "Рахунок для бухгалтерії",
            "Потрібен рахунок-фактура з нашими реквізитами.",
            "Рахунок надіслали на вашу пошту. Оригінал покладемо в пакунок.",
        ),
        question(
            When::Any,
            "Чим доглядати олію?",
            "Як часто треба оновлювати олію на дубі?",
            "Раз на рік, а там, де часто ставлять гаряче, двічі. Набір догляду є в каталозі.",
        ),
        question(
            When::After,
            "Додаткова полиця",
            "Можна згодом докупити ще одну полицю того самого кольору?",
            "Можна: зберігаємо зразок вашої партії. Напишіть розмір, і порахуємо.",
        ),
        question(
            When::After,
            "Запах після розпакування",
            "Меблі трохи пахнуть олією. Це мине?",
            "Так, за три–п’ять днів у провітрюваній кімнаті. Олія без розчинників.",
        ),
        question(
            When::Before,
            "Підйом на поверх",
            "Чи входить підйом на п’ятий поверх без ліфта?",
            "Входить, якщо замовили доставку й складання. Додамо до вашого замовлення?",
        ),
        question(
            When::Before,
            "Фото з виробництва",
            "Дуже хочеться побачити, як його роблять. Можна фото?",
            "Ось із сьогоднішнього ранку. Наступні додамо просто до кроків замовлення.",
        )
        .answered_with("joints.jpg", "майстерня.jpg"),
    ],
    &[
        question(
            When::Before,
            "When will it arrive?",
            "Hello! Could you tell me the day of delivery more exactly?",
            "Hello! We hand it to the carrier at the end of this week and write to you then.",
        ),
        question(
            When::After,
            "A small scratch",
            "We found a small scratch near the edge after unpacking, ringed on the photo.",
            "We are sorry. A care set is on its way; if it does not help, our craftsman comes to you.",
        )
        .showing("scratch.jpg", "scratch.jpg"),
        question(
            When::Any,
            "Invoice",
            "We need an invoice with our company details.",
            "It is in your mailbox. The original comes with the parcel.",
        ),
        question(
            When::Any,
            "How often should we oil it?",
            "Our oak looks a little dry by the window. How often does it want oil?",
            "Once a year, and twice where the sun falls on it. The care set is in the catalogue.",
        ),
    ],
);

pub const THANKS: Words<&str> = Words::new(
    &["Дякую, усе зрозуміло!", "Допомогло, дякую.", "Чекаємо, гарного дня.", "Дякую за швидку відповідь!"],
    &["Thank you, that helped.", "All clear, thanks!"],
);

/// Staff among themselves about a ticket.
pub const NOTES: [&str; 4] = [
    "Майстер каже: деталь є на складі.",
    "Клієнт давній, зробімо без доплати.",
    "Перевірити партію дуба за березень.",
    "Набір догляду відправлено, код у журналі.",
];

/// A conversation in which the customer had the last word.
pub struct WrittenBack {
    pub customer: usize,
    pub priority: Priority,
    pub subject: &'static str,
    pub text: &'static str,
    pub shown: Attached,
    pub answer: &'static str,
    pub back: &'static str,
}

pub const WRITTEN_BACK: [WrittenBack; 3] = [
    WrittenBack {
        customer: 5,
        priority: Priority::High,
        subject: "Подряпина біля краю",
        text: "Помітили, коли прибирали. Чи можна звести самим? На фото обведено.",
        shown: Some(("scratch.jpg", "IMG_2041.jpg")),
        answer: "Можна: злегка пройдіться вздовж волокон папером 240 і втріть краплю олії. Чи є у вас набір догляду?",
        back: "Набору немає. Надішліть, будь ласка, разом із рахунком.",
    },
    WrittenBack {
        customer: 1,
        priority: Priority::Normal,
        subject: "Ще чотири столи на терасу",
        text: "Відкриваємо терасу в травні. Чи витримає ясен двір під навісом?",
        shown: None,
        answer: "Звичайний потемніє за два сезони. Радимо термоясен: він не боїться вологи, дорожчий на чверть. Порахувати?",
        back: "Так, порахуйте, будь ласка, обидва варіанти. Розмір той самий, 120 на 70.",
    },
    WrittenBack {
        customer: 7,
        priority: Priority::Normal,
        subject: "Договір на рік",
        text: "Плануємо три нові зали. Чи можна укласти договір на рік зі сталими цінами?",
        shown: None,
        answer: "Можна, від десяти робочих місць за квартал. Надішліть, будь ласка, орієнтовні кількості.",
        back: "Дванадцять у березні, двадцять у червні, далі побачимо. Коли вам зручно поговорити?",
    },
];

//! Texts of tickets: questions, answers and attached files.

use super::texts::Localized;
use domain::Priority;

/// The stage of an order at which a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionTime {
    /// Before the order is accepted.
    BeforeAcceptance,
    /// After the order is accepted.
    AfterAcceptance,
    /// Not about an order.
    AnyTime,
}

/// A file of `pictures/` and the name under which it is sent.
pub type Attachment = Option<(&'static str, &'static str)>;

pub struct Question {
    pub time: QuestionTime,
    pub subject: &'static str,
    pub text: &'static str,
    pub question_file: Attachment,
    pub answer: &'static str,
    pub answer_file: Attachment,
}

const fn question(time: QuestionTime, subject: &'static str, text: &'static str, answer: &'static str) -> Question {
    Question { time, subject, text, question_file: None, answer, answer_file: None }
}

impl Question {
    const fn with_question_file(self, file: &'static str, name: &'static str) -> Self {
        Self { question_file: Some((file, name)), ..self }
    }

    const fn with_answer_file(self, file: &'static str, name: &'static str) -> Self {
        Self { answer_file: Some((file, name)), ..self }
    }
}

pub const QUESTIONS: Localized<Question> = Localized::new(
    &[
        question(
            QuestionTime::BeforeAcceptance,
            "Коли очікувати доставку?",
            "Добрий день! Планую ремонт і хочу знати точніший день доставки.",
            "Вітаємо! За планом відправляємо наприкінці тижня, напишемо, щойно передамо перевізникові.",
        ),
        question(
            QuestionTime::AfterAcceptance,
            "Подряпина після доставки",
            "Після розпакування помітили дрібну подряпину біля краю, на фото обведено. Що робити?",
            "Дуже шкода. Надішлемо набір догляду безкоштовно; якщо не допоможе, приїде майстер.",
        )
        .with_question_file("scratch.jpg", "подряпина.jpg"),
        question(
            QuestionTime::AfterAcceptance,
            "Інструкція зі складання",
            "Не знайшли в пакунку інструкцію. Надішліть, будь ласка, електронну.",
            "Додаємо до цього повідомлення. Якщо щось незрозуміло, телефонуйте.",
        )
        .with_answer_file("assembly.pdf", "Складання.pdf"),
        question(
            QuestionTime::AfterAcceptance,
            "Трохи хитається",
            "Стоїть на рівній підлозі, а все-таки трохи хитається.",
            "Підтягніть, будь ласка, гвинт під заглушкою. Якщо лишиться, замінимо кріплення.",
        )
        .with_answer_file("assembly.pdf", "Де гвинт.pdf"),
        question(
            QuestionTime::BeforeAcceptance,
            "Змінити адресу доставки",
            "Можна доставити за іншою адресою? Переїхали раніше, ніж думали.",
            "Так, адресу змінили. Вартість доставки та сама.",
        ),
        question(
            QuestionTime::AnyTime,
            "Рахунок для бухгалтерії",
            "Потрібен рахунок-фактура з нашими реквізитами.",
            "Рахунок надіслали на вашу пошту. Оригінал покладемо в пакунок.",
        ),
        question(
            QuestionTime::AnyTime,
            "Чим доглядати олію?",
            "Як часто треба оновлювати олію на дубі?",
            "Раз на рік, а там, де часто ставлять гаряче, двічі. Набір догляду є в каталозі.",
        ),
        question(
            QuestionTime::AfterAcceptance,
            "Додаткова полиця",
            "Можна згодом докупити ще одну полицю того самого кольору?",
            "Можна: зберігаємо зразок вашої партії. Напишіть розмір, і порахуємо.",
        ),
        question(
            QuestionTime::AfterAcceptance,
            "Запах після розпакування",
            "Меблі трохи пахнуть олією. Це мине?",
            "Так, за три–п’ять днів у провітрюваній кімнаті. Олія без розчинників.",
        ),
        question(
            QuestionTime::BeforeAcceptance,
            "Підйом на поверх",
            "Чи входить підйом на п’ятий поверх без ліфта?",
            "Входить, якщо замовили доставку й складання. Додамо до вашого замовлення?",
        ),
        question(
            QuestionTime::BeforeAcceptance,
            "Фото з виробництва",
            "Дуже хочеться побачити, як його роблять. Можна фото?",
            "Ось із сьогоднішнього ранку. Наступні додамо просто до кроків замовлення.",
        )
        .with_answer_file("joints.jpg", "майстерня.jpg"),
    ],
    &[
        question(
            QuestionTime::BeforeAcceptance,
            "When will it arrive?",
            "Hello! Could you tell me the day of delivery more exactly?",
            "Hello! We hand it to the carrier at the end of this week and write to you then.",
        ),
        question(
            QuestionTime::AfterAcceptance,
            "A small scratch",
            "We found a small scratch near the edge after unpacking, ringed on the photo.",
            "We are sorry. A care set is on its way; if it does not help, our craftsman comes to you.",
        )
        .with_question_file("scratch.jpg", "scratch.jpg"),
        question(
            QuestionTime::AnyTime,
            "Invoice",
            "We need an invoice with our company details.",
            "It is in your mailbox. The original comes with the parcel.",
        ),
        question(
            QuestionTime::AnyTime,
            "How often should we oil it?",
            "Our oak looks a little dry by the window. How often does it want oil?",
            "Once a year, and twice where the sun falls on it. The care set is in the catalogue.",
        ),
    ],
);

pub const THANKS: Localized<&str> = Localized::new(
    &["Дякую, усе зрозуміло!", "Допомогло, дякую.", "Чекаємо, гарного дня.", "Дякую за швидку відповідь!"],
    &["Thank you, that helped.", "All clear, thanks!"],
);

/// Internal notes about tickets.
pub const NOTES: [&str; 4] = [
    "Майстер каже: деталь є на складі.",
    "Клієнт давній, зробімо без доплати.",
    "Перевірити партію дуба за березень.",
    "Набір догляду відправлено, код у журналі.",
];

/// A ticket with an answer of staff and a reply of the customer.
pub struct RepliedTicket {
    pub customer: usize,
    pub priority: Priority,
    pub subject: &'static str,
    pub text: &'static str,
    pub file: Attachment,
    pub answer: &'static str,
    pub reply: &'static str,
}

pub const REPLIED_TICKETS: [RepliedTicket; 3] = [
    RepliedTicket {
        customer: 5,
        priority: Priority::High,
        subject: "Подряпина біля краю",
        text: "Помітили, коли прибирали. Чи можна звести самим? На фото обведено.",
        file: Some(("scratch.jpg", "IMG_2041.jpg")),
        answer: "Можна: злегка пройдіться вздовж волокон папером 240 і втріть краплю олії. Чи є у вас набір догляду?",
        reply: "Набору немає. Надішліть, будь ласка, разом із рахунком.",
    },
    RepliedTicket {
        customer: 1,
        priority: Priority::Normal,
        subject: "Ще чотири столи на терасу",
        text: "Відкриваємо терасу в травні. Чи витримає ясен двір під навісом?",
        file: None,
        answer: "Звичайний потемніє за два сезони. Радимо термоясен: він не боїться вологи, дорожчий на чверть. Порахувати?",
        reply: "Так, порахуйте, будь ласка, обидва варіанти. Розмір той самий, 120 на 70.",
    },
    RepliedTicket {
        customer: 7,
        priority: Priority::Normal,
        subject: "Договір на рік",
        text: "Плануємо три нові зали. Чи можна укласти договір на рік зі сталими цінами?",
        file: None,
        answer: "Можна, від десяти робочих місць за квартал. Надішліть, будь ласка, орієнтовні кількості.",
        reply: "Дванадцять у березні, двадцять у червні, далі побачимо. Коли вам зручно поговорити?",
    },
];

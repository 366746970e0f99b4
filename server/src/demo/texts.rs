//! Texts about designs and orders, in Ukrainian and English.

use domain::Language;

/// Texts in both languages. The lists may differ in length.
pub struct Localized<T: 'static> {
    uk: &'static [T],
    en: &'static [T],
}

impl<T> Localized<T> {
    pub const fn new(uk: &'static [T], en: &'static [T]) -> Self {
        Self { uk, en }
    }

    pub const fn in_language(&self, language: Language) -> &'static [T] {
        match language {
            Language::Uk => self.uk,
            Language::En => self.en,
        }
    }
}

pub const BRIEFS: Localized<&str> = Localized::new(
    &[
        "Кімната з вікнами на південь, світла багато. Хочеться тепле дерево, без блиску.",
        "Двоє малих дітей: кути заокруглити, поверхня має легко митися.",
        "Має пройти в двері 80 см, поверх третій, ліфта немає.",
        "До стіни, яка трохи крива: лишіть, будь ласка, зазор 10 мм.",
        "Потрібно до новосілля, дату погодимо.",
        "Як на фото з вашої майстерні, лише трохи вужче.",
        "Будинок 1912 року, підлога з перепадом, тож опори краще регульовані.",
        "",
    ],
    &[
        "For a bright room; we like warm wood with a matt finish.",
        "It has to fit through an 80 cm door on the third floor.",
        "Two small children: everything should be easy to wipe.",
        "",
    ],
);

/// Titles of designs, each with the product's slug.
pub const TITLES: [(&str, &str); 14] = [
    ("dining-table", "Стіл до вітальні"),
    ("dining-table", "Великий стіл на терасу"),
    ("wardrobe", "Шафа в передпокій"),
    ("wardrobe", "Шафа в спальню на всю стіну"),
    ("bookcase", "Стелаж для кабінету"),
    ("bookcase", "Полиці в дитячу"),
    ("desk", "Робоче місце біля вікна"),
    ("desk", "Стіл для навчання"),
    ("bed", "Ліжко в спальню"),
    ("bed", "Ліжко для гостьової"),
    ("bench", "Лава в коридор"),
    ("bench", "Лава під яблунею"),
    ("chair", "Стільці до кухні"),
    ("chair", "Стільці для тераси"),
];

/// The customer's comment in a design room, and the answer of staff.
pub const COMMENTS: Localized<(&str, &str)> = Localized::new(
    &[
        (
            "Чи сильно темнішає дуб з роками?",
            "За перші два роки стає трохи теплішим, далі майже не змінюється. Зразок можемо надіслати.",
        ),
        (
            "А якщо зробити вужче на 10 см, воно не хитатиметься?",
            "Ні, опори тоді зсунемо до країв. На кресленні вже видно.",
        ),
        (
            "Який варіант порадите, щоб легше було мити?",
            "Олія з твердим воском: досить вологої ганчірки. Лак теж можна, але подряпину на ньому важче прибрати.",
        ),
        ("Дерево тепер інше. Чи все гаразд із рисунком?", "Гаразд. Ламелі підберемо так, щоб рисунок ішов уздовж."),
        ("Чи витримає кавоварку, 18 кг?", "Із великим запасом: рахуємо на 60 кг посередині."),
        ("Скільки важитиме? Заноситимемо самі.", "Приїде двома місцями, найважче — 34 кг. Удвох занесете."),
    ],
    &[
        (
            "Does oak darken much over the years?",
            "A little warmer in the first two years, then it hardly changes. We can send you a sample.",
        ),
        (
            "Would it wobble if we made it 10 cm narrower?",
            "No, we would move the legs outwards. The drawing shows it already.",
        ),
        (
            "How heavy will it be? We carry it up ourselves.",
            "It comes in two parcels, the heavier one 34 kg. Two people manage.",
        ),
    ],
);

/// Messages of proposals.
pub const PROPOSAL_MESSAGES: Localized<&str> = Localized::new(
    &[
        "Порахували за вашими побажаннями. Якщо захочете змінити розмір, напишіть просто в проєкті.",
        "Дерево цієї партії трохи темніше за зразок, на фото видно. Решта без змін.",
        "Доставка нашою машиною, піднімемо на поверх.",
        "",
    ],
    &[
        "This is what we discussed. If you would like another size, write it right into the design.",
        "The wood of this batch is slightly darker than the sample; all else is the same.",
        "",
    ],
);

/// Reasons for declining a proposal.
pub const DECLINE_REASONS: Localized<&str> = Localized::new(
    &[
        "Трохи дорожче, ніж ми розраховували. Можна простіше оздоблення?",
        "Хочемо інший розмір, решта подобається.",
        "Терміни не підходять, нам треба раніше.",
    ],
    &["A little over our budget. Could the finish be simpler?", "We would like another size; the rest is right."],
);

/// Internal notes about customers, designs and orders.
pub const CUSTOMER_NOTES: [&str; 6] = [
    "Дзвонити після 15:00, зранку на нарадах.",
    "Просять рахунки окремо на кожну адресу.",
    "Любить бачити зразки дерева до рішення. Надіслати поштою.",
    "Прийшли за порадою від «Лінії».",
    "Платять завжди вчасно. Можна робити без передоплати до 30 000 ₴.",
    "Вузькі сходи, міряти двічі.",
];
pub const DESIGN_NOTES: [&str; 5] = [
    "Довгих ламелей горіха лишилося на одну стільницю, заброньовано.",
    "Знижку понад 5 % погодити з Іриною.",
    "Радимо товщу полицю, поки думають.",
    "Схоже на проєкт «Піч» минулої весни, взяти ті самі вузли.",
    "Просили не показувати ціну до розмови з директором.",
];
pub const ORDER_NOTES: [&str; 4] = [
    "Дерево з партії 24-117, у кутку сушарні.",
    "Перед шліфуванням показати Миколі.",
    "Водієві: заїзд із двору, код домофона спитати в клієнта.",
    "Фурнітура замовлена, чекаємо до п’ятниці.",
];

pub const CARRIERS: [&str; 3] = ["Нова пошта", "Нова пошта", "Власна доставка"];
pub const CARRIER_ABROAD: &str = "Meest";

/// Contact notes: the summary and the next step.
pub const CONTACTS: &[(&str, &str)] = &[
    (
        "Готель відкриває навесні ще один поверх: потрібні дванадцять столів і шафи в номери. Питають про знижку за обсяг.",
        "Надіслати розрахунок на дванадцять столів",
    ),
    ("Переїжджають у новий офіс у березні. Просять виміряти переговорну.", "Домовитися про виїзд на замір"),
    (
        "Задоволені стелажем, хочуть такий самий для другого залу, але на 40 см вужчий.",
        "Підготувати креслення вужчого стелажа",
    ),
    ("Розповіли про догляд за олією: плями на двох стільницях зійшли.", "Запитати, як тримаються стільниці"),
];

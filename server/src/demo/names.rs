//! Names, places and words of the demo company's people. Invented; whoever bears such a name is not meant.

pub const WOMEN: [(&str, &str); 14] = [
    ("Олена Гнатюк", "olena.hnatiuk"),
    ("Софія Мельник", "sofiia.melnyk"),
    ("Дарина Шевчук", "daryna.shevchuk"),
    ("Катерина Ткаченко", "kateryna.tkachenko"),
    ("Марта Лисенко", "marta.lysenko"),
    ("Юлія Романюк", "yuliia.romaniuk"),
    ("Соломія Кравець", "solomiia.kravets"),
    ("Ганна Поліщук", "hanna.polishchuk"),
    ("Наталія Савчук", "nataliia.savchuk"),
    ("Вікторія Марченко", "viktoriia.marchenko"),
    ("Христина Панасюк", "khrystyna.panasiuk"),
    ("Людмила Кучер", "liudmyla.kucher"),
    ("Злата Яремчук", "zlata.yaremchuk"),
    ("Євгенія Ґудзь", "yevheniia.gudz"),
];

pub const MEN: [(&str, &str); 14] = [
    ("Андрій Коваленко", "andrii.kovalenko"),
    ("Богдан Олійник", "bohdan.oliinyk"),
    ("Василь Пономаренко", "vasyl.ponomarenko"),
    ("Дмитро Руденко", "dmytro.rudenko"),
    ("Євген Мороз", "yevhen.moroz"),
    ("Іван Захарченко", "ivan.zakharchenko"),
    ("Максим Гончар", "maksym.honchar"),
    ("Назар Левицький", "nazar.levytskyi"),
    ("Остап Дячук", "ostap.diachuk"),
    ("Роман Білик", "roman.bilyk"),
    ("Сергій Тимошенко", "serhii.tymoshenko"),
    ("Юрій Кравчук", "yurii.kravchuk"),
    ("Ярослав Мазур", "yaroslav.mazur"),
    ("Захар Зінченко", "zakhar.zinchenko"),
];

/// They read Spilno in English.
pub const FOREIGNERS: [(&str, &str); 6] = [
    ("Anna Lindqvist", "anna.lindqvist"),
    ("James O’Neill", "james.oneill"),
    ("Marie Dubois", "marie.dubois"),
    ("Tomasz Nowak", "tomasz.nowak"),
    ("Elena Petrescu", "elena.petrescu"),
    ("David Weiss", "david.weiss"),
];

/// Organisations with the part of their members' addresses.
pub const ORGANISATIONS: [(&str, &str); 12] = [
    ("Готель «Смерека»", "smereka"),
    ("Кав’ярня «Ранок»", "ranok"),
    ("ТОВ «Читальня»", "chytalnia"),
    ("Архітектурне бюро «Лінія»", "liniia"),
    ("Дитячий садок «Джерельце»", "dzhereltse"),
    ("Ресторан «Піч»", "pich"),
    ("Клініка «Добродій»", "dobrodii"),
    ("Коворкінг «Вулик»", "vulyk"),
    ("Музей ремесел", "muzei"),
    ("Nordic Living AB", "nordicliving"),
    ("Школа «Основа»", "osnova"),
    ("Видавництво «Сторінка»", "storinka"),
];

pub const STREETS: [(&str, &str, &str); 10] = [
    ("вул. Січових Стрільців, 14, кв. 7", "Львів", "79000"),
    ("вул. Ярославів Вал, 21", "Київ", "01054"),
    ("вул. Соборна, 48", "Рівне", "33028"),
    ("просп. Науки, 5, кв. 112", "Харків", "61072"),
    ("вул. Грушевського, 3", "Івано-Франківськ", "76018"),
    ("вул. Дерибасівська, 9", "Одеса", "65026"),
    ("вул. Ольги Кобилянської, 17", "Чернівці", "58002"),
    ("вул. Лесі Українки, 30", "Луцьк", "43025"),
    ("бульв. Шевченка, 240", "Черкаси", "18000"),
    ("вул. Пушкарська, 11", "Полтава", "36000"),
];

pub const BRIEFS: [&str; 8] = [
    "Для вітальні з вікнами на південь, світла багато. Хочеться тепле дерево, без блиску.",
    "Двоє малих дітей: кути заокруглити, поверхня має легко митися.",
    "Має пройти в двері 80 см, поверх третій, ліфта немає.",
    "До стіни, яка трохи крива: лишіть, будь ласка, зазор 10 мм.",
    "Потрібно до новосілля, дату погодимо.",
    "Як на фото з вашої майстерні, лише трохи вужче.",
    "Будинок 1912 року, підлога з перепадом, тож ніжки краще регульовані.",
    "",
];

pub const BRIEFS_EN: [&str; 3] = [
    "For a bright living room; we like oak with a matt finish.",
    "It has to fit through an 80 cm door on the third floor.",
    "",
];

pub const MESSAGES: [&str; 4] = [
    "Порахували за вашими побажаннями. Якщо захочете змінити розмір, напишіть просто в проєкті.",
    "Дерево цієї партії трохи темніше за зразок, на фото видно. Решта без змін.",
    "Доставка нашою машиною, піднімемо на поверх.",
    "",
];

pub const DECLINES: [&str; 3] = [
    "Трохи дорожче, ніж ми розраховували. Можна простіше оздоблення?",
    "Хочемо довшу версію, решта подобається.",
    "Терміни не підходять, нам треба раніше.",
];

pub const CARRIERS: [&str; 3] = ["Нова пошта", "Власна доставка", "Meest"];

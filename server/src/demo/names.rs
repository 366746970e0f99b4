//! Invented names of people, organisations and places.

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
    ("Назар Левчук", "nazar.levchuk"),
    ("Остап Дячук", "ostap.diachuk"),
    ("Роман Білик", "roman.bilyk"),
    ("Сергій Тимошенко", "serhii.tymoshenko"),
    ("Юрій Кравчук", "yurii.kravchuk"),
    ("Ярослав Мазур", "yaroslav.mazur"),
    ("Захар Зінченко", "zakhar.zinchenko"),
];

/// People whose language is English.
pub const FOREIGNERS: [(&str, &str); 6] = [
    ("Anna Lindqvist", "anna.lindqvist"),
    ("James O’Neill", "james.oneill"),
    ("Marie Dubois", "marie.dubois"),
    ("Tomasz Nowak", "tomasz.nowak"),
    ("Elena Petrescu", "elena.petrescu"),
    ("David Weiss", "david.weiss"),
];

pub struct Organisation {
    pub name: &'static str,
    /// The first part of the domain of its members' e-mail addresses.
    pub short: &'static str,
    pub offices: &'static [&'static str],
}

const fn organisation(name: &'static str, short: &'static str, offices: &'static [&'static str]) -> Organisation {
    Organisation { name, short, offices }
}

pub const ORGANISATIONS: [Organisation; 12] = [
    organisation("Готель «Смерека»", "smereka", &["Готель", "Корпус біля озера", "Склад"]),
    organisation("Кав’ярня «Ранок»", "ranok", &["Кав’ярня на площі", "Кав’ярня біля університету"]),
    organisation("ТОВ «Читальня»", "chytalnia", &["Книгарня", "Склад"]),
    organisation("Архітектурне бюро «Лінія»", "liniia", &["Бюро"]),
    organisation("Дитячий садок «Джерельце»", "dzhereltse", &["Садок"]),
    organisation("Ресторан «Піч»", "pich", &["Ресторан", "Літня тераса"]),
    organisation("Клініка «Добродій»", "dobrodii", &["Клініка", "Діагностичний центр"]),
    organisation("Коворкінг «Вулик»", "vulyk", &["Вулик на Подолі", "Вулик на Левандівці", "Офіс"]),
    organisation("Музей ремесел", "muzei", &["Музей", "Фондосховище"]),
    organisation("Nordic Living AB", "nordicliving", &["Showroom", "Warehouse"]),
    organisation("Школа «Основа»", "osnova", &["Школа"]),
    organisation("Видавництво «Сторінка»", "storinka", &["Редакція"]),
];

pub const STREETS: [&str; 14] = [
    "вул. Січових Стрільців",
    "вул. Ярославів Вал",
    "вул. Соборна",
    "просп. Науки",
    "вул. Грушевського",
    "вул. Коновальця",
    "вул. Ольги Кобилянської",
    "вул. Лесі Українки",
    "бульв. Шевченка",
    "вул. Пушкарська",
    "вул. Садова",
    "вул. Зелена",
    "вул. Франка",
    "вул. Липова",
];

pub const CITIES: [(&str, &str); 10] = [
    ("Львів", "79"),
    ("Київ", "01"),
    ("Рівне", "33"),
    ("Харків", "61"),
    ("Івано-Франківськ", "76"),
    ("Одеса", "65"),
    ("Чернівці", "58"),
    ("Луцьк", "43"),
    ("Черкаси", "18"),
    ("Полтава", "36"),
];

/// The city and postcode prefix of the showcase customer, a hotel.
pub const CARPATHIANS: (&str, &str) = ("Яремче", "78");

/// Addresses of people whose language is English: street, city, postcode, country.
pub const ABROAD: [(&str, &str, &str, &str); 5] = [
    ("Storgatan 12", "Göteborg", "411 24", "Sweden"),
    ("14 Mill Lane", "Galway", "H91 X2F3", "Ireland"),
    ("8 rue des Tilleuls", "Lyon", "69003", "France"),
    ("ul. Lipowa 21", "Kraków", "30-702", "Poland"),
    ("Strada Florilor 5", "Cluj-Napoca", "400347", "Romania"),
];

/// Prefixes of Ukrainian mobile numbers.
pub const MOBILE: [&str; 8] = ["50", "63", "66", "67", "68", "73", "93", "97"];

pub const DEPARTMENTS: [&str; 5] = ["Закупівлі", "Адміністрація", "Бухгалтерія", "Господарська служба", "Дизайн"];
pub const DEPARTMENTS_EN: [&str; 3] = ["Purchasing", "Accounting", "Interior design"];

/// Labels of people's dates, besides their birthday.
pub const DATES: [&str; 4] = ["Річниця весілля", "День народження доньки", "День народження сина", "Новосілля"];
pub const DATES_EN: [&str; 3] = ["Wedding anniversary", "Our daughter’s birthday", "Moving in"];

/// Local parts of the e-mail addresses of invited colleagues.
pub const INVITED: [&str; 6] = ["buhhalteriia", "zavhosp", "dyrektor", "ofis", "zakupivli", "reception"];

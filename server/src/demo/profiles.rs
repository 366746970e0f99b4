//! Fills in customers' profiles, and adds staff's notes about customers.

use super::{
    calendar::workdays_ago,
    generator::Generator,
    names::{
        ABROAD, CARPATHIANS, CITIES, DATES, DATES_EN, DEPARTMENTS, DEPARTMENTS_EN, INVITED, ORGANISATIONS, STREETS,
    },
    people::Buyer,
    texts::CUSTOMER_NOTES,
};
use domain::{
    Language, NotificationKind, Span,
    policy::{Actor, MemberRole},
    record::{Address, ContactNote, Organisation, Profile, Typed},
};
use rand::{RngExt, seq::IndexedRandom};
use std::ops::Range;
use store::{
    BackdatedChange, contact_note,
    customer::{address, desk, invitation, member, organisation},
    person::{date, notification, profile},
};

/// The number of organisations with open invitations; the showcase customer is one of them.
const INVITING_ORGANISATIONS: usize = 4;

/// Contacts that staff wrote down: what was said, and the next step.
const CONTACTS: &[(&str, &str)] = &[
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

impl Generator {
    pub(super) async fn add_profiles(
        &mut self,
        change: &mut BackdatedChange,
        staff: &[Actor],
        customers: &mut [Buyer],
    ) -> anyhow::Result<()> {
        for buyer in customers.iter_mut() {
            let soon = buyer.since.plus(Span::minutes(12));
            change.impersonate(buyer.actor(0), soon.min(self.now));
            if let Some(index) = buyer.organisation {
                self.fill_organisation(change, buyer, index).await?;
            }
            self.add_addresses(change, buyer).await?;
            for index in 0..buyer.people.len() {
                change.impersonate(buyer.actor(index), soon.plus(Span::minutes(9)).min(self.now));
                self.fill_profile(change, buyer, index).await?;
            }
            if self.random.random_range(0..5) < 2 {
                let later = self.in_working_hours(soon.plus(Span::days(3))).min(self.now);
                let Some(author) = staff.choose(&mut self.random) else { continue };
                change.impersonate(author.clone(), later);
                let note = CUSTOMER_NOTES.choose(&mut self.random).copied().unwrap_or_default();
                desk::set_note(change, buyer.customer, note).await?;
            }
        }
        self.note_contacts(change, staff, customers).await?;
        for buyer in customers.iter().filter(|buyer| buyer.is_organisation()).take(INVITING_ORGANISATIONS) {
            self.add_invitations(change, buyer).await?;
        }
        Ok(())
    }

    /// Adds contact notes to the first organisations. The next steps of the first two are due today.
    async fn note_contacts(
        &mut self,
        change: &mut BackdatedChange,
        staff: &[Actor],
        customers: &[Buyer],
    ) -> anyhow::Result<()> {
        let organisations = customers.iter().filter(|buyer| buyer.is_organisation());
        for (at, (buyer, (summary, next_step))) in organisations.zip(CONTACTS).enumerate() {
            let Some(author) = staff.get(at % staff.len()) else { continue };
            let days = i32::try_from(at)? + 1;
            change.impersonate(author.clone(), self.in_working_hours(self.now.minus(Span::days(i64::from(days)))));
            let day = change.today().await?;
            let note = ContactNote {
                summary: (*summary).to_owned(),
                channel: ["call", "meeting"][at % 2].to_owned(),
                direction: ["incoming", "outgoing"][at % 2].to_owned(),
                people: self.name(buyer.people[0].0)?,
                next_step: (*next_step).to_owned(),
                next_on: day.plus_days(if at < 2 { days } else { 14 }).to_string(),
                assignee: String::new(),
            };
            contact_note::desk::create(change, buyer.customer, &Typed::from(&note)).await?;
        }
        Ok(())
    }

    /// Sets an organisation's data and the departments of its members.
    async fn fill_organisation(
        &mut self,
        change: &mut BackdatedChange,
        buyer: &Buyer,
        index: usize,
    ) -> anyhow::Result<()> {
        let form = Organisation {
            name: buyer.name.clone(),
            tax_code: self.random.random_range(20_000_000..45_000_000_u32).to_string(),
            phone: self.random_phone(),
            website: format!("https://{}.example", ORGANISATIONS[index].short),
            ..Organisation::default()
        };
        organisation::update(change, buyer.customer, &Typed::from(&form)).await?;
        let departments: &[&str] = if buyer.language == Language::En { &DEPARTMENTS_EN } else { &DEPARTMENTS };
        for (at, (person, role)) in buyer.people.iter().enumerate() {
            let department = departments[(index + at) % departments.len()];
            // The fourth member is a second administrator.
            let role = if at == 3 { MemberRole::Administrator } else { *role };
            member::change(change, buyer.customer, *person, role.name(), department).await?;
        }
        Ok(())
    }

    async fn add_addresses(&mut self, change: &mut BackdatedChange, buyer: &mut Buyer) -> anyhow::Result<()> {
        let labels = match buyer.organisation {
            Some(index) => ORGANISATIONS[index].offices,
            None if buyer.language == Language::En => &["Home"][..],
            None if self.random.random_range(0..4) == 0 => &["Дім", "Дача"],
            None => &["Дім"],
        };
        let (city, prefix) = if buyer.is_showcase() {
            CARPATHIANS
        } else {
            CITIES.choose(&mut self.random).copied().unwrap_or(CARPATHIANS)
        };
        let abroad = ABROAD.choose(&mut self.random).copied().unwrap_or(ABROAD[0]);
        for label in labels {
            let place = if buyer.language == Language::En {
                let (street, city, postcode, country) = abroad;
                Address {
                    label: (*label).to_owned(),
                    street: street.to_owned(),
                    city: city.to_owned(),
                    postcode: postcode.to_owned(),
                    country: country.to_owned(),
                }
            } else {
                Address {
                    label: (*label).to_owned(),
                    street: self.random_street(buyer.is_organisation() || *label == "Дача"),
                    city: city.to_owned(),
                    postcode: format!("{prefix}{:03}", self.random.random_range(0..60)),
                    country: "Україна".to_owned(),
                }
            };
            address::add(change, buyer.customer, &Typed::from(&place)).await?;
            buyer.addresses.push(place.line());
        }
        Ok(())
    }

    fn random_street(&mut self, whole_house: bool) -> String {
        let street = STREETS.choose(&mut self.random).copied().unwrap_or(STREETS[0]);
        let house = self.random.random_range(1..90);
        if whole_house {
            return format!("{street}, {house}");
        }
        format!("{street}, {house}, кв. {}", self.random.random_range(1..120))
    }

    /// Fills in a person's profile. Most have a birthday, some another date, and a few have turned off some mail.
    async fn fill_profile(&mut self, change: &mut BackdatedChange, buyer: &Buyer, index: usize) -> anyhow::Result<()> {
        // The person as whom visitors of the demo sign in has a complete profile.
        let is_complete = buyer.is_showcase() && index == 0;
        let birthday = if is_complete || self.random.random_range(0..10) < 6 {
            self.random_day(1961..1999)
        } else {
            String::new()
        };
        let form = Profile {
            name: self.name(buyer.people[index].0)?,
            phone: self.random_phone(),
            language: buyer.language.tag().to_owned(),
            time_zone: "Europe/Kyiv".to_owned(),
            birthday,
        };
        profile::update(change, &Typed::from(&form)).await?;
        if is_complete || self.random.random_range(0..4) == 0 {
            let labels: &[&str] = if buyer.language == Language::En { &DATES_EN } else { &DATES };
            let label = labels.choose(&mut self.random).copied().unwrap_or_default();
            let day = self.random_day(2008..2024);
            date::add(change, if is_complete { "Відкриття готелю" } else { label }, &day).await?;
        }
        if !is_complete && self.random.random_range(0..6) == 0 {
            let wanted: &[_] = if self.random.random_bool(0.5) {
                &[NotificationKind::Designs, NotificationKind::Tickets]
            } else {
                &[NotificationKind::Orders]
            };
            notification::set_choices(change, wanted).await?;
        }
        Ok(())
    }

    fn random_day(&mut self, years: Range<u32>) -> String {
        let mut number = |range| self.random.random_range(range);
        format!("{}-{:02}-{:02}", number(years), number(1..13), number(1..29))
    }

    /// Adds invitations that are still open.
    async fn add_invitations(&mut self, change: &mut BackdatedChange, buyer: &Buyer) -> anyhow::Result<()> {
        let Some(index) = buyer.organisation else { return Ok(()) };
        for number in 0..if index == 0 { 2 } else { 1 } {
            let name = INVITED[(index * 2 + number) % INVITED.len()];
            let days = 1 + u32::try_from(number).unwrap_or_default();
            change.impersonate(buyer.actor(0), workdays_ago(self.now, days, 9, 14));
            let address = format!("{name}@{}.example", ORGANISATIONS[index].short);
            invitation::invite(change, buyer.customer, &address, MemberRole::Member.name()).await?;
        }
        Ok(())
    }
}

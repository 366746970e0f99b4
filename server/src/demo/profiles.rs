//! What customers say of themselves after they have signed up, and what staff remark about them.

use super::{
    Telling,
    calendar::workdays_ago,
    names::{
        ABROAD, CARPATHIANS, CITIES, DATES, DATES_EN, DEPARTMENTS, DEPARTMENTS_EN, INVITED, ORGANISATIONS, STREETS,
    },
    people::Buyer,
    words::CUSTOMER_NOTES,
};
use domain::{
    Language, NotificationKind, Span,
    policy::{Actor, MemberRole},
    record::{Address, Organisation, Profile, Typed},
};
use rand::{RngExt, seq::IndexedRandom};
use std::ops::Range;
use store::{
    Change,
    customer::{address, desk, invitation, member, organisation},
    person::{date, notice, profile},
};

/// So many organisations, the demo's own customer first, wait for someone whom they have invited.
const INVITING: usize = 4;

impl Telling {
    pub(super) async fn introduce(
        &mut self,
        change: &mut Change,
        staff: &[Actor],
        customers: &mut [Buyer],
    ) -> anyhow::Result<()> {
        for buyer in customers.iter_mut() {
            let soon = buyer.since.plus(Span::minutes(12));
            change.impersonate(buyer.actor(0), soon.min(self.now));
            if let Some(place) = buyer.organisation {
                self.describe(change, buyer, place).await?;
            }
            self.live_at(change, buyer).await?;
            for which in 0..buyer.people.len() {
                change.impersonate(buyer.actor(which), soon.plus(Span::minutes(9)).min(self.now));
                self.complete(change, buyer, which).await?;
            }
            if self.random.random_range(0..5) < 2 {
                let later = self.at_work(soon.plus(Span::days(3))).min(self.now);
                let Some(who) = staff.choose(&mut self.random) else { continue };
                change.impersonate(who.clone(), later);
                let note = CUSTOMER_NOTES.choose(&mut self.random).copied().unwrap_or_default();
                desk::remark(change, buyer.customer, note).await?;
            }
        }
        for buyer in customers.iter().filter(|buyer| buyer.is_organisation()).take(INVITING) {
            self.invite(change, buyer).await?;
        }
        Ok(())
    }

    /// An organisation's own data, and who is in which department.
    async fn describe(&mut self, change: &mut Change, buyer: &Buyer, place: usize) -> anyhow::Result<()> {
        let form = Organisation {
            name: buyer.name.clone(),
            tax_code: self.random.random_range(20_000_000..45_000_000_u32).to_string(),
            phone: self.phone(),
            website: format!("https://{}.example", ORGANISATIONS[place].short),
        };
        organisation::update(change, buyer.customer, &Typed::from(&form)).await?;
        let departments: &[&str] = if buyer.language == Language::En { &DEPARTMENTS_EN } else { &DEPARTMENTS };
        for (at, (person, role)) in buyer.people.iter().enumerate() {
            let department = departments[(place + at) % departments.len()];
            // Where there are many, one of them also minds the members.
            let role = if at == 3 { MemberRole::Administrator } else { *role };
            member::change(change, buyer.customer, *person, role.name(), department).await?;
        }
        Ok(())
    }

    async fn live_at(&mut self, change: &mut Change, buyer: &mut Buyer) -> anyhow::Result<()> {
        let labels = match buyer.organisation {
            Some(place) => ORGANISATIONS[place].offices,
            None if buyer.language == Language::En => &["Home"][..],
            None if self.random.random_range(0..4) == 0 => &["Дім", "Дача"],
            None => &["Дім"],
        };
        let (city, prefix) = if buyer.is_shown() {
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
                    street: self.street(buyer.is_organisation() || *label == "Дача"),
                    city: city.to_owned(),
                    postcode: format!("{prefix}{:03}", self.random.random_range(0..60)),
                    country: "Україна".to_owned(),
                }
            };
            address::add(change, buyer.customer, &Typed::from(&place)).await?;
            buyer.places.push(place.line());
        }
        Ok(())
    }

    fn street(&mut self, whole_house: bool) -> String {
        let street = STREETS.choose(&mut self.random).copied().unwrap_or(STREETS[0]);
        let house = self.random.random_range(1..90);
        if whole_house {
            return format!("{street}, {house}");
        }
        format!("{street}, {house}, кв. {}", self.random.random_range(1..120))
    }

    /// A birthday of most, another day of some, and what a few do not want to be mailed about.
    async fn complete(&mut self, change: &mut Change, buyer: &Buyer, which: usize) -> anyhow::Result<()> {
        // Who can look around first has said everything.
        let all = buyer.is_shown() && which == 0;
        let birthday = if all || self.random.random_range(0..10) < 6 { self.day(1961..1999) } else { String::new() };
        let form = Profile {
            name: self.name(buyer.people[which].0)?,
            phone: self.phone(),
            language: buyer.language.tag().to_owned(),
            time_zone: "Europe/Kyiv".to_owned(),
            birthday,
        };
        profile::update(change, &Typed::from(&form)).await?;
        if all || self.random.random_range(0..4) == 0 {
            let labels: &[&str] = if buyer.language == Language::En { &DATES_EN } else { &DATES };
            let label = labels.choose(&mut self.random).copied().unwrap_or_default();
            let day = self.day(2008..2024);
            date::add(change, if all { "Відкриття готелю" } else { label }, &day).await?;
        }
        if !all && self.random.random_range(0..6) == 0 {
            let wanted: &[_] = if self.random.random_bool(0.5) {
                &[NotificationKind::Designs, NotificationKind::Tickets]
            } else {
                &[NotificationKind::Orders]
            };
            notice::choose(change, wanted).await?;
        }
        Ok(())
    }

    fn day(&mut self, years: Range<u32>) -> String {
        let mut number = |range| self.random.random_range(range);
        format!("{}-{:02}-{:02}", number(years), number(1..13), number(1..29))
    }

    /// Some colleagues are invited and have not come yet.
    async fn invite(&mut self, change: &mut Change, buyer: &Buyer) -> anyhow::Result<()> {
        let Some(place) = buyer.organisation else { return Ok(()) };
        for number in 0..if place == 0 { 2 } else { 1 } {
            let who = INVITED[(place * 2 + number) % INVITED.len()];
            let days = 1 + u32::try_from(number).unwrap_or_default();
            change.impersonate(buyer.actor(0), workdays_ago(self.now, days, 9, 14));
            let address = format!("{who}@{}.example", ORGANISATIONS[place].short);
            invitation::invite(change, buyer.customer, &address, MemberRole::Member.name()).await?;
        }
        Ok(())
    }
}

//! Who works for the demo company and who buys from it.

use super::{
    Telling,
    names::{FOREIGNERS, MEN, ORGANISATIONS, WOMEN},
};
use domain::{
    CustomerId, CustomerKind, Language, PersonId, Span, Timestamp,
    policy::{Actor, MemberRole, Membership, StaffRole},
};
use rand::RngExt;
use store::{
    Change, company,
    customer::{enrol, enrol_member},
    person::NewPerson,
};

/// A customer of the demo, with whoever acts for it.
pub struct Buyer {
    pub customer: CustomerId,
    pub since: Timestamp,
    pub people: Vec<(PersonId, MemberRole)>,
    pub language: Language,
    /// How much it buys, beside others.
    pub weight: u32,
}

impl Buyer {
    pub fn actor(&self, which: usize) -> Actor {
        let (person, role) = self.people[which % self.people.len()];
        Actor::new(person, None, vec![Membership { customer: self.customer, role }])
    }
}

impl Telling {
    /// The staff as actors: the administrator first.
    pub(super) async fn hire(&mut self, change: &mut Change, iryna: PersonId) -> anyhow::Result<Vec<Actor>> {
        let mut staff = vec![Actor::new(iryna, Some(StaffRole::Administrator), Vec::new())];
        let people = [
            ("Тарас Бондаренко", "taras@example.com"),
            ("Оксана Вдовиченко", "oksana@example.com"),
            ("Микола Стельмах", "mykola@example.com"),
        ];
        for (name, email) in people {
            let person = company::hire(change, self.person(name, email, Language::Uk), StaffRole::Staff).await?;
            staff.push(Actor::new(person, Some(StaffRole::Staff), Vec::new()));
        }
        Ok(staff)
    }

    fn person(&mut self, name: &str, email: &str, language: Language) -> NewPerson {
        let number = self.random.random_range(1_000_000..10_000_000_u32);
        NewPerson {
            email: email.to_owned(),
            name: name.to_owned(),
            phone: format!("+380 {} {number}", self.random.random_range(50..=99_u8)),
            language,
            password_hash: Some(self.hash.clone()),
            confirmed: true,
        }
    }

    /// 28 private persons and 12 organisations with one to five members.
    pub(super) async fn enrol(&mut self, change: &mut Change, began: Timestamp) -> anyhow::Result<Vec<Buyer>> {
        let mut customers = Vec::new();
        let mut names = WOMEN.iter().skip(1).chain(&MEN).chain(&FOREIGNERS);
        for (at, (name, short)) in ORGANISATIONS.iter().enumerate() {
            let since = if at == 0 { began } else { self.within(began, Span::days(500)) };
            let language = if name.is_ascii() { Language::En } else { Language::Uk };
            let (head, email) = if at == 0 {
                (WOMEN[0].0, "olena@example.com".to_owned())
            } else {
                let (head, part) = WOMEN.iter().chain(&MEN).nth((at * 5 + 3) % 28).unwrap_or(&WOMEN[0]);
                (*head, format!("{part}@{short}.example"))
            };
            change.tell(Actor::System, since);
            let first = self.person(head, &email, language);
            let (customer, first) = enrol(change, CustomerKind::Organisation, name, first).await?;
            let mut people = vec![(first, MemberRole::Administrator)];
            for member in 0..self.random.random_range(1..=4_usize) {
                let (name, part) = MEN.iter().chain(&WOMEN).nth((at * 7 + member * 3) % 28).unwrap_or(&MEN[0]);
                let member = self.person(name, &format!("{part}.{member}@{short}.example"), language);
                people.push((enrol_member(change, customer, member).await?, MemberRole::Member));
            }
            let weight = if at == 0 { 14 } else { self.random.random_range(2..=7) };
            customers.push(Buyer { customer, since, people, language, weight });
        }
        while customers.len() < 40 {
            let Some((name, part)) = names.next() else { break };
            let since = self.within(began, Span::days(680));
            let language = if name.is_ascii() || name.contains('’') { Language::En } else { Language::Uk };
            change.tell(Actor::System, since);
            let person = self.person(name, &format!("{part}@example.com"), language);
            let (customer, person) = enrol(change, CustomerKind::Person, name, person).await?;
            let people = vec![(person, MemberRole::Administrator)];
            customers.push(Buyer { customer, since, people, language, weight: self.random.random_range(1..=2) });
        }
        Ok(customers)
    }

    /// A moment within the span after `from`, in working hours.
    pub(super) fn within(&mut self, from: Timestamp, span: Span) -> Timestamp {
        let day = self.random.random_range(0..=(span.0 / Span::days(1).0).max(1));
        let minute = self.random.random_range(7 * 60..16 * 60);
        let midnight = from.0 - from.0.rem_euclid(Span::days(1).0);
        Timestamp(midnight).plus(Span::days(day)).plus(Span::minutes(minute)).max(from)
    }
}

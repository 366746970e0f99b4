//! Who works for the demo company and who buys from it.

use super::{
    Telling,
    names::{FOREIGNERS, MEN, MOBILE, ORGANISATIONS, WOMEN},
};
use anyhow::Context;
use domain::{
    CustomerId, CustomerKind, Language, PersonId, Span, Timestamp,
    policy::{Actor, MemberRole, Membership, StaffRole},
};
use rand::{RngExt, seq::IndexedRandom};
use store::{
    BackdatedChange, company,
    customer::{create_member, create_with_first_member},
    person::NewPerson,
};

const CUSTOMERS: usize = 40;

/// A customer of the demo, with whoever acts for it.
pub struct Buyer {
    pub customer: CustomerId,
    pub name: String,
    /// None of a private person.
    pub organisation: Option<usize>,
    pub since: Timestamp,
    /// The administrator first.
    pub people: Vec<(PersonId, MemberRole)>,
    pub language: Language,
    /// How much it buys, beside others.
    pub weight: u32,
    /// Where it can be delivered to; filled when they say so.
    pub places: Vec<String>,
}

impl Buyer {
    pub fn actor(&self, which: usize) -> Actor {
        let (person, role) = self.people[which % self.people.len()];
        Actor::new(person, None, vec![Membership { customer: self.customer, role }])
    }

    /// Whether it is the customer that visitors of the demo sign in for: its present is told by hand.
    pub fn is_shown(&self) -> bool {
        self.organisation == Some(0)
    }

    pub fn is_organisation(&self) -> bool {
        self.organisation.is_some()
    }
}

impl Telling {
    /// The staff as actors: the administrator first.
    pub(super) async fn hire(&mut self, change: &mut BackdatedChange, iryna: PersonId) -> anyhow::Result<Vec<Actor>> {
        let mut staff = vec![Actor::new(iryna, Some(StaffRole::Administrator), Vec::new())];
        let people = [
            ("Тарас Бондаренко", "taras@example.com"),
            ("Оксана Вдовиченко", "oksana@example.com"),
            ("Микола Стельмах", "mykola@example.com"),
        ];
        for (name, email) in people {
            let person = NewPerson { phone: self.phone(), ..self.person(name, email, Language::Uk) };
            let person = company::add_staff_member(change, person, StaffRole::Staff).await?;
            self.names.insert(person, name.to_owned());
            staff.push(Actor::new(person, Some(StaffRole::Staff), Vec::new()));
        }
        Ok(staff)
    }

    fn person(&self, name: &str, email: &str, language: Language) -> NewPerson {
        NewPerson {
            email: email.to_owned(),
            name: name.to_owned(),
            // Said later, with the rest of the profile.
            phone: String::new(),
            language,
            password_hash: Some(self.hash.clone()),
            confirmed: true,
        }
    }

    pub(super) fn phone(&mut self) -> String {
        let operator = MOBILE.choose(&mut self.random).copied().unwrap_or(MOBILE[0]);
        let mut digits = |range| self.random.random_range(range);
        format!("+380 {operator} {} {:02} {:02}", digits(100..1_000), digits(0..100), digits(0..100))
    }

    /// 28 private persons and 12 organisations with two to five members.
    pub(super) async fn enrol(&mut self, change: &mut BackdatedChange, began: Timestamp) -> anyhow::Result<Vec<Buyer>> {
        let mut customers = Vec::new();
        for place in 0..ORGANISATIONS.len() {
            customers.push(self.organisation(change, place, began).await?);
        }
        let private = FOREIGNERS.iter().take(5).chain(WOMEN.iter().skip(1)).chain(&MEN);
        for (at, (name, part)) in private.take(CUSTOMERS - ORGANISATIONS.len()).enumerate() {
            let since = self.within(began, Span::days(680));
            let language = if at < 5 { Language::En } else { Language::Uk };
            change.impersonate(Actor::System, since);
            let person = self.person(name, &format!("{part}@example.com"), language);
            let (customer, person) = create_with_first_member(change, CustomerKind::Person, name, person).await?;
            self.names.insert(person, (*name).to_owned());
            customers.push(Buyer {
                customer,
                name: (*name).to_owned(),
                organisation: None,
                since,
                people: vec![(person, MemberRole::Administrator)],
                language,
                weight: self.random.random_range(1..=2),
                places: Vec::new(),
            });
        }
        Ok(customers)
    }

    async fn organisation(
        &mut self,
        change: &mut BackdatedChange,
        place: usize,
        began: Timestamp,
    ) -> anyhow::Result<Buyer> {
        let organisation = &ORGANISATIONS[place];
        let since = if place == 0 { began } else { self.within(began, Span::days(500)) };
        let language = if organisation.name.is_ascii() { Language::En } else { Language::Uk };
        let head = if place == 0 {
            (WOMEN[0].0.to_owned(), "olena@example.com".to_owned())
        } else {
            self.colleague(organisation.short, language)?
        };
        change.impersonate(Actor::System, since);
        let first = self.person(&head.0, &head.1, language);
        let (customer, first) =
            create_with_first_member(change, CustomerKind::Organisation, organisation.name, first).await?;
        self.names.insert(first, head.0);
        let mut people = vec![(first, MemberRole::Administrator)];
        for _ in 0..if place == 0 { 4 } else { self.random.random_range(1..=3) } {
            let (name, email) = self.colleague(organisation.short, language)?;
            let member = self.person(&name, &email, language);
            let member = create_member(change, customer, member).await?;
            self.names.insert(member, name);
            people.push((member, MemberRole::Member));
        }
        Ok(Buyer {
            customer,
            name: organisation.name.to_owned(),
            organisation: Some(place),
            since,
            people,
            language,
            weight: if place == 0 { 9 } else { self.random.random_range(2..=7) },
            places: Vec::new(),
        })
    }

    /// Someone who has the first name of one and the last name of another, and an address at work.
    fn colleague(&mut self, short: &str, language: Language) -> anyhow::Result<(String, String)> {
        let known: Vec<_> = match language {
            Language::Uk => WOMEN.iter().chain(&MEN).collect(),
            Language::En => FOREIGNERS.iter().collect(),
        };
        for _ in 0..100 {
            let [first, last] = known.sample_array(&mut self.random).context("there are two names")?;
            let (given, family) = (first.0.split_once(' '), last.0.split_once(' '));
            let (initial, part) = (first.1.chars().next(), last.1.split_once('.'));
            let ((given, _), (_, family)) = given.zip(family).context("a name has two parts")?;
            let (initial, (_, part)) = initial.zip(part).context("an address has two parts")?;
            let name = format!("{given} {family}");
            if self.names.values().all(|taken| *taken != name) {
                return Ok((name, format!("{initial}.{part}@{short}.example")));
            }
        }
        anyhow::bail!("the demo has run out of names")
    }
}

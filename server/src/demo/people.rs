//! Creates the staff and the customers of the demo company.

use super::{
    generator::Generator,
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

/// A customer of the demo and its members.
pub struct Buyer {
    pub customer: CustomerId,
    pub name: String,
    /// The index in `ORGANISATIONS`; `None` for a private person.
    pub organisation: Option<usize>,
    pub since: Timestamp,
    /// The members; the administrator is the first.
    pub people: Vec<(PersonId, MemberRole)>,
    pub language: Language,
    /// The number of its designs, relative to other customers.
    pub weight: u32,
    /// The delivery addresses. `add_profiles` adds them.
    pub addresses: Vec<String>,
}

impl Buyer {
    pub fn actor(&self, index: usize) -> Actor {
        let (person, role) = self.people[index % self.people.len()];
        Actor::new(person, None, vec![Membership { customer: self.customer, role }])
    }

    /// Whether this is the customer for which visitors of the demo sign in. Its current work is in `current_work`.
    pub fn is_showcase(&self) -> bool {
        self.organisation == Some(0)
    }

    pub fn is_organisation(&self) -> bool {
        self.organisation.is_some()
    }
}

impl Generator {
    /// Creates the staff and returns them; the administrator is the first.
    pub(super) async fn add_staff(
        &mut self,
        change: &mut BackdatedChange,
        iryna: PersonId,
    ) -> anyhow::Result<Vec<Actor>> {
        let mut staff = vec![Actor::new(iryna, Some(StaffRole::Administrator), Vec::new())];
        let people = [
            ("Тарас Бондаренко", "taras@example.com"),
            ("Оксана Вдовиченко", "oksana@example.com"),
            ("Микола Стельмах", "mykola@example.com"),
        ];
        for (name, email) in people {
            let person = NewPerson { phone: self.random_phone(), ..self.new_person(name, email, Language::Uk) };
            let person = company::add_staff_member(change, person, StaffRole::Staff).await?;
            self.names.insert(person, name.to_owned());
            staff.push(Actor::new(person, Some(StaffRole::Staff), Vec::new()));
        }
        Ok(staff)
    }

    fn new_person(&self, name: &str, email: &str, language: Language) -> NewPerson {
        NewPerson {
            email: email.to_owned(),
            name: name.to_owned(),
            // Set later, with the rest of the profile.
            phone: String::new(),
            language,
            password_hash: Some(self.password_hash.clone()),
            confirmed: true,
        }
    }

    pub(super) fn random_phone(&mut self) -> String {
        let operator = MOBILE.choose(&mut self.random).copied().unwrap_or(MOBILE[0]);
        let mut digits = |range| self.random.random_range(range);
        format!("+380 {operator} {} {:02} {:02}", digits(100..1_000), digits(0..100), digits(0..100))
    }

    /// Creates 28 private persons and 12 organisations with two to five members.
    pub(super) async fn add_customers(
        &mut self,
        change: &mut BackdatedChange,
        beginning: Timestamp,
    ) -> anyhow::Result<Vec<Buyer>> {
        let mut customers = Vec::new();
        for index in 0..ORGANISATIONS.len() {
            customers.push(self.add_organisation(change, index, beginning).await?);
        }
        let private = FOREIGNERS.iter().take(5).chain(WOMEN.iter().skip(1)).chain(&MEN);
        for (at, (name, part)) in private.take(CUSTOMERS - ORGANISATIONS.len()).enumerate() {
            let since = self.random_moment(beginning, Span::days(680));
            let language = if at < 5 { Language::En } else { Language::Uk };
            change.impersonate(Actor::System, since);
            let person = self.new_person(name, &format!("{part}@example.com"), language);
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
                addresses: Vec::new(),
            });
        }
        Ok(customers)
    }

    async fn add_organisation(
        &mut self,
        change: &mut BackdatedChange,
        index: usize,
        beginning: Timestamp,
    ) -> anyhow::Result<Buyer> {
        let organisation = &ORGANISATIONS[index];
        let since = if index == 0 { beginning } else { self.random_moment(beginning, Span::days(500)) };
        let language = if organisation.name.is_ascii() { Language::En } else { Language::Uk };
        let administrator = if index == 0 {
            (WOMEN[0].0.to_owned(), "olena@example.com".to_owned())
        } else {
            self.random_colleague(organisation.short, language)?
        };
        change.impersonate(Actor::System, since);
        let first = self.new_person(&administrator.0, &administrator.1, language);
        let (customer, first) =
            create_with_first_member(change, CustomerKind::Organisation, organisation.name, first).await?;
        self.names.insert(first, administrator.0);
        let mut people = vec![(first, MemberRole::Administrator)];
        for _ in 0..if index == 0 { 4 } else { self.random.random_range(1..=3) } {
            let (name, email) = self.random_colleague(organisation.short, language)?;
            let member = self.new_person(&name, &email, language);
            let member = create_member(change, customer, member).await?;
            self.names.insert(member, name);
            people.push((member, MemberRole::Member));
        }
        Ok(Buyer {
            customer,
            name: organisation.name.to_owned(),
            organisation: Some(index),
            since,
            people,
            language,
            weight: if index == 0 { 9 } else { self.random.random_range(2..=7) },
            addresses: Vec::new(),
        })
    }

    /// Combines the first and last names of two people to a new name, with an e-mail address of the organisation.
    fn random_colleague(&mut self, short: &str, language: Language) -> anyhow::Result<(String, String)> {
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

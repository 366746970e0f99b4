//! What customers asked, and what they were answered.

use super::{
    Telling,
    names::{NOTES, QUESTIONS, QUESTIONS_EN, THANKS},
    people::Buyer,
};
use domain::{CustomerId, Language, OrderId, Priority, Span, TicketState, Timestamp, policy::Actor};
use rand::{RngExt, seq::IndexedRandom};
use store::{
    Change,
    order::view,
    ticket::{
        desk,
        open::{self, About, NewTicket},
        write,
    },
};

/// Tickets for each unit of a customer's weight.
const TICKETS: u32 = 4;
/// The last ones nobody has answered yet.
const NEW: usize = 4;
/// After so long without the customer's word, staff take a ticket for solved.
const PATIENCE: Span = Span::days(14);

struct Question<'a> {
    who: Actor,
    staff: &'a Actor,
    customer: CustomerId,
    order: Option<OrderId>,
    language: Language,
    at: Timestamp,
}

impl Telling {
    pub(super) async fn help(
        &mut self,
        change: &mut Change,
        staff: &[Actor],
        customers: &[Buyer],
    ) -> anyhow::Result<()> {
        let mut questions = Vec::new();
        for buyer in customers {
            // What came last is first in their list.
            let orders = view::list(change.connection(), &buyer.actor(0), 200, 0).await?;
            for number in 0..buyer.weight * TICKETS / if buyer.people.len() > 1 { 1 } else { 3 } {
                let order = orders.choose(&mut self.random).filter(|_| self.random.random_range(0..5) > 0);
                let (from, order) = order.map_or((buyer.since, None), |order| (order.placed_at, Some(order.id)));
                let left = Span(self.now.0 - from.0);
                let at = self.within(from.plus(Span::hours(1)), left).min(self.now.minus(Span::hours(1)));
                let Some(staff) = staff.choose(&mut self.random) else { continue };
                let who = buyer.actor(number as usize);
                let (customer, language) = (buyer.customer, buyer.language);
                questions.push(Question { who, staff, customer, order, language, at });
            }
        }
        questions.sort_by_key(|question| question.at);
        let new = questions.len().saturating_sub(NEW);
        for (place, question) in questions.iter().enumerate() {
            self.ask(change, question, place >= new).await?;
        }
        Ok(())
    }

    async fn ask(&mut self, change: &mut Change, question: &Question<'_>, new: bool) -> anyhow::Result<()> {
        let all: &[(&str, &str, &str)] = if question.language == Language::En { &QUESTIONS_EN } else { &QUESTIONS };
        let Some((subject, text, answer)) = all.choose(&mut self.random).copied() else { return Ok(()) };
        change.tell(question.who.clone(), question.at);
        let about = question.order.map_or(About::Nothing(question.customer), About::Order);
        let asked = NewTicket { about, subject: subject.to_owned(), text: text.to_owned(), files: Vec::new() };
        let ticket = open::open(change, asked).await?;
        let mut at = question.at.plus(Span::minutes(self.random.random_range(20..2_000)));
        if at > self.now || new {
            return Ok(());
        }
        change.tell(question.staff.clone(), at);
        if self.random.random_range(0..6) == 0 {
            let note = NOTES.choose(&mut self.random).copied().unwrap_or_default();
            desk::note(change, ticket, note).await?;
            desk::prioritise(change, ticket, Priority::High).await?;
        }
        write::answer(change, ticket, answer, Vec::new(), TicketState::Waiting).await?;
        at = at.plus(Span::minutes(self.random.random_range(30..4_000)));
        if at > self.now {
            return Ok(());
        }
        if self.random.random_range(0..12) == 0 {
            let closed = at.plus(PATIENCE);
            if closed < self.now {
                change.tell(question.staff.clone(), closed);
                desk::solve(change, ticket).await?;
            }
            return Ok(());
        }
        if question.language == Language::Uk {
            change.tell(question.who.clone(), at);
            let thanks = THANKS.choose(&mut self.random).copied().unwrap_or_default();
            write::write(change, ticket, thanks, Vec::new()).await?;
            at = at.plus(Span::minutes(30));
        }
        if at > self.now {
            return Ok(());
        }
        change.tell(question.staff.clone(), at);
        Ok(desk::solve(change, ticket).await?)
    }
}

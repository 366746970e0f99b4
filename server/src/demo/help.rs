//! What customers asked, and what they were answered.

use super::{
    Telling,
    people::Buyer,
    pictures,
    questions::{NOTES, QUESTIONS, Question, THANKS, When},
};
use domain::{CustomerId, Language, OrderId, Priority, Span, TicketState, Timestamp, policy::Actor};
use rand::{RngExt, seq::IndexedRandom};
use store::{
    BackdatedChange,
    order::view::{self, Order},
    ticket::{
        desk,
        open::{self, About, NewTicket},
        write,
    },
};

/// Tickets for each unit of a customer's weight.
const TICKETS: u32 = 2;
/// After so long without the customer's word, staff take a ticket for solved.
const PATIENCE: Span = Span::days(14);
/// Who asks in the last hours is not answered yet.
const FRESH: Span = Span::hours(20);
/// In minor units: below it nobody asks when an order comes.
const WORTH_ASKING: i64 = 300_000;

struct Asked<'a> {
    question: &'static Question,
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
        change: &mut BackdatedChange,
        staff: &[Actor],
        customers: &[Buyer],
    ) -> anyhow::Result<()> {
        let mut all = Vec::new();
        for buyer in customers {
            let mut orders = view::list(change.connection(), &buyer.actor(0), 200, 0).await?;
            orders.retain(|order| order.total.minor >= WORTH_ASKING);
            for number in 0..buyer.weight * TICKETS / if buyer.is_organisation() { 1 } else { 2 } {
                let Some(question) = QUESTIONS.of(buyer.language).choose(&mut self.random) else { continue };
                let order = orders.choose(&mut self.random);
                let Some((order, at)) = self.moment(question.when, order, buyer.since) else { continue };
                let Some(staff) = staff.choose(&mut self.random) else { continue };
                if at > self.now.minus(FRESH) {
                    continue;
                }
                let who = buyer.actor(number as usize);
                let (customer, language) = (buyer.customer, buyer.language);
                all.push(Asked { question, who, staff, customer, order, language, at });
            }
        }
        all.sort_by_key(|asked| asked.at);
        for asked in &all {
            self.ask(change, asked).await?;
        }
        Ok(())
    }

    /// When such a question came up, and about which order.
    fn moment(&mut self, when: When, order: Option<&Order>, since: Timestamp) -> Option<(Option<OrderId>, Timestamp)> {
        let (order, from, until) = match when {
            When::Before => (Some(order?.id), order?.placed_at, order?.accepted_at.unwrap_or(self.now)),
            When::After => {
                (Some(order?.id), order?.accepted_at?, order?.accepted_at?.plus(Span::days(60)).min(self.now))
            }
            When::Any => (None, since, self.now),
        };
        let left = Span((until.0 - from.0).max(Span::hours(2).0));
        let at = Timestamp(from.0 + self.random.random_range(Span::hours(1).0..left.0));
        Some((order, at))
    }

    async fn ask(&mut self, change: &mut BackdatedChange, asked: &Asked<'_>) -> anyhow::Result<()> {
        let question = asked.question;
        change.impersonate(asked.who.clone(), asked.at);
        let about = asked.order.map_or(About::Nothing(asked.customer), About::Order);
        let files = pictures::sent(question.asked_with)?;
        let new = NewTicket { about, subject: question.subject.to_owned(), text: question.text.to_owned(), files };
        let ticket = open::open(change, new).await?;
        let mut at = self.at_work_after(asked.at, 0..7);
        if at > self.now {
            return Ok(());
        }
        change.impersonate(asked.staff.clone(), at);
        if self.random.random_range(0..6) == 0 {
            let note = NOTES.choose(&mut self.random).copied().unwrap_or_default();
            desk::add_note(change, ticket, note).await?;
            desk::set_priority(change, ticket, Priority::High).await?;
        }
        let files = pictures::sent(question.answered_with)?;
        write::write_answer(change, ticket, question.answer, files, TicketState::Waiting).await?;
        at = at.plus(Span::minutes(self.random.random_range(30..2_000)));
        if at > self.now {
            return Ok(());
        }
        if self.random.random_range(0..3) == 0 {
            // Nothing more was said.
            at = self.at_work(at.plus(PATIENCE));
        } else {
            change.impersonate(asked.who.clone(), at);
            let thanks = THANKS.of(asked.language).choose(&mut self.random).copied().unwrap_or_default();
            write::write_message(change, ticket, thanks, Vec::new()).await?;
            at = self.at_work(at.plus(Span::minutes(30)));
        }
        if at > self.now {
            return Ok(());
        }
        change.impersonate(asked.staff.clone(), at);
        Ok(desk::solve(change, ticket).await?)
    }
}

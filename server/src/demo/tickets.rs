//! Generates tickets of customers and the answers of staff.

use super::{
    generator::Generator,
    people::Buyer,
    pictures,
    ticket_texts::{NOTES, QUESTIONS, Question, QuestionTime, THANKS},
};
use domain::{CustomerId, Language, OrderId, Priority, Span, TicketState, Timestamp, policy::Actor};
use rand::{RngExt, seq::IndexedRandom};
use store::{
    BackdatedChange, PageRequest,
    order::view::{self, Order, OrderFilter},
    ticket::{
        desk,
        open::{self, About, NewTicket},
        write,
    },
};

/// The number of tickets for each unit of a customer's weight.
const TICKETS_PER_WEIGHT: u32 = 2;
/// Staff mark a ticket as solved if the customer does not reply for this long.
const REPLY_TIME: Span = Span::days(14);
/// No ticket is generated within this time before now. `current_work` adds the new ones.
const RECENT: Span = Span::hours(20);
/// Tickets are about orders of at least this total, in minor units.
const MIN_TOTAL: i64 = 300_000;

struct TicketPlan<'a> {
    question: &'static Question,
    author: Actor,
    staff: &'a Actor,
    customer: CustomerId,
    order: Option<OrderId>,
    language: Language,
    at: Timestamp,
}

impl Generator {
    pub(super) async fn add_tickets(
        &mut self,
        change: &mut BackdatedChange,
        staff: &[Actor],
        customers: &[Buyer],
    ) -> anyhow::Result<()> {
        let mut plans = Vec::new();
        for buyer in customers {
            let mut orders =
                view::list(change.connection(), &buyer.actor(0), OrderFilter::All, &PageRequest::first(200))
                    .await?
                    .rows;
            orders.retain(|order| order.total.minor >= MIN_TOTAL);
            for number in 0..buyer.weight * TICKETS_PER_WEIGHT / if buyer.is_organisation() { 1 } else { 2 } {
                let Some(question) = QUESTIONS.in_language(buyer.language).choose(&mut self.random) else { continue };
                let order = orders.choose(&mut self.random);
                let Some((order, at)) = self.question_moment(question.time, order, buyer.since) else { continue };
                let Some(staff) = staff.choose(&mut self.random) else { continue };
                if at > self.now.minus(RECENT) {
                    continue;
                }
                let author = buyer.actor(number as usize);
                let (customer, language) = (buyer.customer, buyer.language);
                plans.push(TicketPlan { question, author, staff, customer, order, language, at });
            }
        }
        plans.sort_by_key(|plan| plan.at);
        for plan in &plans {
            self.add_ticket(change, plan).await?;
        }
        Ok(())
    }

    /// Returns when such a question is asked and about which order.
    fn question_moment(
        &mut self,
        time: QuestionTime,
        order: Option<&Order>,
        since: Timestamp,
    ) -> Option<(Option<OrderId>, Timestamp)> {
        let (order, from, until) = match time {
            QuestionTime::BeforeAcceptance => {
                (Some(order?.id), order?.placed_at, order?.accepted_at.unwrap_or(self.now))
            }
            QuestionTime::AfterAcceptance => {
                (Some(order?.id), order?.accepted_at?, order?.accepted_at?.plus(Span::days(60)).min(self.now))
            }
            QuestionTime::AnyTime => (None, since, self.now),
        };
        let left = Span((until.0 - from.0).max(Span::hours(2).0));
        let at = Timestamp(from.0 + self.random.random_range(Span::hours(1).0..left.0));
        Some((order, at))
    }

    async fn add_ticket(&mut self, change: &mut BackdatedChange, plan: &TicketPlan<'_>) -> anyhow::Result<()> {
        let question = plan.question;
        change.impersonate(plan.author.clone(), plan.at);
        let about = plan.order.map_or(About::Nothing(plan.customer), About::Order);
        let files = pictures::attachment(question.question_file)?;
        let new = NewTicket { about, subject: question.subject.to_owned(), text: question.text.to_owned(), files };
        let ticket = open::open(change, new).await?;
        let mut at = self.working_hours_after(plan.at, 0..7);
        if at > self.now {
            return Ok(());
        }
        change.impersonate(plan.staff.clone(), at);
        if self.random.random_range(0..6) == 0 {
            let note = NOTES.choose(&mut self.random).copied().unwrap_or_default();
            desk::add_note(change, ticket, note).await?;
            desk::set_priority(change, ticket, Priority::High).await?;
        }
        let files = pictures::attachment(question.answer_file)?;
        write::write_answer(change, ticket, question.answer, files, TicketState::Waiting).await?;
        at = at.plus(Span::minutes(self.random.random_range(30..2_000)));
        if at > self.now {
            return Ok(());
        }
        if self.random.random_range(0..3) == 0 {
            // The customer does not reply.
            at = self.in_working_hours(at.plus(REPLY_TIME));
        } else {
            change.impersonate(plan.author.clone(), at);
            let thanks = THANKS.in_language(plan.language).choose(&mut self.random).copied().unwrap_or_default();
            write::write_message(change, ticket, thanks, Vec::new()).await?;
            at = self.in_working_hours(at.plus(Span::minutes(30)));
        }
        if at > self.now {
            return Ok(());
        }
        change.impersonate(plan.staff.clone(), at);
        Ok(desk::solve(change, ticket).await?)
    }
}

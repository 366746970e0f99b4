//! How orders are made and brought, as far as their time has come.

use super::{
    Telling,
    calendar::plus_working_days,
    pictures,
    story::Story,
    words::{CARRIER_ABROAD, CARRIERS, ORDER_NOTES},
};
use domain::{Language, OrderId, Span};
use rand::{RngExt, seq::IndexedRandom};
use store::{
    Change,
    order::{accept, desk, picture, produce, view},
};

/// Pictures of what was made before are no longer kept.
const PICTURED: Span = Span::days(70);

impl Telling {
    /// Steps, carrier, door and acceptance, beginning at the change's moment.
    pub(super) async fn make(&mut self, change: &mut Change, story: &Story<'_>, order: OrderId) -> anyhow::Result<()> {
        let (staff, approved) = (story.staff, change.at());
        let found = view::find(change.connection(), staff, order).await?;
        let steps = view::steps(change.connection(), &found).await?;
        let mut at = self.at_work_after(approved, 4..80);
        if at < self.now && self.random.random_range(0..5) == 0 {
            change.impersonate(staff.clone(), at);
            let note = ORDER_NOTES.choose(&mut self.random).copied().unwrap_or_default();
            desk::set_note(change, order, note).await?;
        }
        // One of a few gets stuck in each step.
        let slow = self.random.random_range(0..6) == 0;
        for (step, planned) in steps.iter().zip(&story.product.model.steps) {
            if at > self.now {
                return Ok(());
            }
            change.impersonate(staff.clone(), at);
            produce::start_step(change, order, step.id).await?;
            let late = if slow {
                Span::hours(self.random.random_range(24..96))
            } else {
                Span::hours(self.random.random_range(-20..12))
            };
            let done = plus_working_days(at, planned.days).plus(late).max(at.plus(Span::hours(4)));
            let done = self.at_work(done);
            let shown = at.plus(Span((done.0 - at.0) / 2));
            let sent = pictures::of_step(&step.name.en)?;
            if !sent.is_empty() && shown < self.now && shown > self.now.minus(PICTURED) {
                change.impersonate(staff.clone(), shown);
                picture::add(change, order, step.id, sent).await?;
            }
            if done > self.now {
                return Ok(());
            }
            change.impersonate(staff.clone(), done);
            produce::finish_step(change, order, step.id).await?;
            at = self.at_work_after(done, 1..9);
        }
        self.bring(change, story, order).await
    }

    async fn bring(&mut self, change: &mut Change, story: &Story<'_>, order: OrderId) -> anyhow::Result<()> {
        let sent = self.at_work_after(change.at(), 3..40);
        let arrived = self.at_work_after(sent, 20..90);
        let accepted = arrived.plus(Span::hours(self.random.random_range(1..120)));
        if sent > self.now {
            return Ok(());
        }
        change.impersonate(story.staff.clone(), sent);
        self.ship(change, story, order).await?;
        if arrived > self.now {
            return Ok(());
        }
        change.impersonate(story.staff.clone(), arrived);
        produce::deliver(change, order).await?;
        if accepted > self.now {
            return Ok(());
        }
        change.impersonate(story.who.clone(), accepted);
        Ok(accept::accept(change, order).await?)
    }

    async fn ship(&mut self, change: &mut Change, story: &Story<'_>, order: OrderId) -> anyhow::Result<()> {
        let carrier = match story.buyer.language {
            Language::Uk => CARRIERS.choose(&mut self.random).copied().unwrap_or(CARRIERS[0]),
            Language::En => CARRIER_ABROAD,
        };
        let number = self.random.random_range(0..1_000_000_000_u64);
        // Our own driver has no codes.
        let tracking = match carrier {
            "Нова пошта" => format!("20451{number:09}"),
            CARRIER_ABROAD => format!("CV{number:09}UA"),
            _ => String::new(),
        };
        let destination = view::find(change.connection(), story.staff, order).await?.destination;
        let shipment =
            produce::Shipment { carrier: carrier.to_owned(), tracking, address: destination.clone(), destination };
        Ok(produce::ship(change, order, &shipment).await?)
    }
}

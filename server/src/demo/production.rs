//! Generates the production and delivery of orders, up to now.

use super::{
    calendar::plus_working_days,
    design_plan::DesignPlan,
    generator::Generator,
    pictures,
    texts::{CARRIER_ABROAD, CARRIERS, ORDER_NOTES},
};
use domain::{Language, OrderId, Span};
use rand::{RngExt, seq::IndexedRandom};
use store::{
    BackdatedChange,
    order::{accept, desk, fulfilment, picture, view},
};

/// Older orders have no pictures, to keep the demo small.
const PICTURES_SINCE: Span = Span::days(70);

impl Generator {
    /// Adds the order's steps, delivery and acceptance, starting at the change's time.
    pub(super) async fn produce(
        &mut self,
        change: &mut BackdatedChange,
        plan: &DesignPlan<'_>,
        order: OrderId,
    ) -> anyhow::Result<()> {
        let (staff, approved) = (plan.staff, change.at());
        let found = view::find(change.connection(), staff, order).await?;
        let steps = view::steps(change.connection(), &found).await?;
        let mut at = self.working_hours_after(approved, 4..80);
        if at < self.now && self.random.random_range(0..5) == 0 {
            change.impersonate(staff.clone(), at);
            let note = ORDER_NOTES.choose(&mut self.random).copied().unwrap_or_default();
            desk::set_note(change, order, note).await?;
        }
        // One order in six is late in each step.
        let is_slow = self.random.random_range(0..6) == 0;
        for (step, planned_step) in steps.iter().zip(&plan.product.model.steps) {
            if at > self.now {
                return Ok(());
            }
            change.impersonate(staff.clone(), at);
            fulfilment::start_step(change, order, step.id).await?;
            let delay = if is_slow {
                Span::hours(self.random.random_range(24..96))
            } else {
                Span::hours(self.random.random_range(-20..12))
            };
            let finished = plus_working_days(at, planned_step.days).plus(delay).max(at.plus(Span::hours(4)));
            let finished = self.in_working_hours(finished);
            let pictured = at.plus(Span((finished.0 - at.0) / 2));
            let files = pictures::of_step(&step.name.en)?;
            if !files.is_empty() && pictured < self.now && pictured > self.now.minus(PICTURES_SINCE) {
                change.impersonate(staff.clone(), pictured);
                picture::add(change, order, step.id, files).await?;
            }
            if finished > self.now {
                return Ok(());
            }
            change.impersonate(staff.clone(), finished);
            fulfilment::finish_step(change, order, step.id).await?;
            at = self.working_hours_after(finished, 1..9);
        }
        self.deliver(change, plan, order).await
    }

    async fn deliver(
        &mut self,
        change: &mut BackdatedChange,
        plan: &DesignPlan<'_>,
        order: OrderId,
    ) -> anyhow::Result<()> {
        let shipped = self.working_hours_after(change.at(), 3..40);
        let arrived = self.working_hours_after(shipped, 20..90);
        let accepted = arrived.plus(Span::hours(self.random.random_range(1..120)));
        if shipped > self.now {
            return Ok(());
        }
        change.impersonate(plan.staff.clone(), shipped);
        self.ship(change, plan, order).await?;
        if arrived > self.now {
            return Ok(());
        }
        change.impersonate(plan.staff.clone(), arrived);
        fulfilment::deliver(change, order).await?;
        if accepted > self.now {
            return Ok(());
        }
        change.impersonate(plan.designer.clone(), accepted);
        Ok(accept::accept(change, order).await?)
    }

    async fn ship(
        &mut self,
        change: &mut BackdatedChange,
        plan: &DesignPlan<'_>,
        order: OrderId,
    ) -> anyhow::Result<()> {
        let carrier = match plan.buyer.language {
            Language::Uk => CARRIERS.choose(&mut self.random).copied().unwrap_or(CARRIERS[0]),
            Language::En => CARRIER_ABROAD,
        };
        let number = self.random.random_range(0..1_000_000_000_u64);
        // The company's own driver has no tracking codes.
        let tracking = match carrier {
            "Нова пошта" => format!("20451{number:09}"),
            CARRIER_ABROAD => format!("CV{number:09}UA"),
            _ => String::new(),
        };
        let destination = view::find(change.connection(), plan.staff, order).await?.destination;
        let shipment =
            fulfilment::Shipment { carrier: carrier.to_owned(), tracking, address: destination.clone(), destination };
        Ok(fulfilment::ship(change, order, &shipment).await?)
    }
}

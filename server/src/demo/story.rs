//! What happened: designs that became orders, some that did not, each order as far as its time has come.

use super::{
    Telling,
    names::{BRIEFS, BRIEFS_EN, CARRIERS, DECLINES, MESSAGES, STREETS},
    people::Buyer,
};
use domain::{
    Language, OrderId, Span, Timestamp, VersionId,
    document::Value,
    input::day_of,
    model::{ModelOption, OptionKind, ProductModel, Values},
    policy::Actor,
};
use rand::{RngExt, seq::IndexedRandom};
use rust_decimal::Decimal;
use store::{
    Change,
    design::{
        answer,
        proposal::{self, Terms},
        start::{self, Beginning},
        version,
    },
    order::{accept, produce, view},
    product::{self, Product},
};

/// How often, of a hundred designs.
const NEVER_PROPOSED: u32 = 16;
const DECLINED_ONCE: u32 = 18;

/// One design's story: who, what, and when it began.
struct Story<'a> {
    buyer: &'a Buyer,
    who: Actor,
    staff: &'a Actor,
    product: &'a Product,
    began: Timestamp,
}

impl Telling {
    pub(super) async fn work(
        &mut self,
        change: &mut Change,
        staff: &[Actor],
        customers: &[Buyer],
    ) -> anyhow::Result<()> {
        let products = product::offered(change.connection()).await?;
        let mut stories = Vec::new();
        for buyer in customers {
            for number in 0..buyer.weight {
                let left = Span(self.now.0 - buyer.since.0);
                let began = self.within(buyer.since.plus(Span::hours(2)), left.min(Span(left.0 - Span::days(1).0)));
                let Some(product) = products.choose(&mut self.random) else { continue };
                let Some(staff) = staff.choose(&mut self.random) else { continue };
                let who = buyer.actor(number as usize);
                stories.push(Story { buyer, who, staff, product, began: began.min(self.now) });
            }
        }
        // So that the orders' numbers follow time.
        stories.sort_by_key(|story| story.began);
        for story in &stories {
            self.live(change, story).await?;
        }
        Ok(())
    }

    /// Tells one story, until now.
    async fn live(&mut self, change: &mut Change, story: &Story<'_>) -> anyhow::Result<()> {
        let briefs: &[&str] = if story.buyer.language == Language::En { &BRIEFS_EN } else { &BRIEFS };
        let beginning = Beginning {
            options: self.choices(&story.product.model),
            quantity: (story.buyer.people.len() > 1).then(|| self.random.random_range(1..=6)),
            brief: briefs.choose(&mut self.random).copied().unwrap_or_default().to_owned(),
        };
        change.tell(story.who.clone(), story.began);
        let design =
            start::start(change, story.buyer.customer, story.product, &beginning, story.buyer.language).await?;
        let mut at = story.began.plus(Span::hours(self.random.random_range(3..60)));
        if self.random.random_range(0..100) < NEVER_PROPOSED || at > self.now {
            return Ok(());
        }
        change.tell(story.staff.clone(), at);
        let version = version::name(change, design, "").await?;
        if self.random.random_range(0..100) < DECLINED_ONCE {
            let proposal = self.propose(change, version, at).await?;
            at = at.plus(Span::hours(self.random.random_range(5..70)));
            if at > self.now {
                return Ok(());
            }
            change.tell(story.who.clone(), at);
            let reason = DECLINES.choose(&mut self.random).copied().unwrap_or_default();
            answer::decline(change, proposal, reason).await?;
            at = at.plus(Span::hours(20));
        }
        self.order(change, story, version, at).await
    }

    async fn propose(
        &mut self,
        change: &mut Change,
        version: VersionId,
        at: Timestamp,
    ) -> anyhow::Result<domain::ProposalId> {
        let actor = change.actor().clone();
        let total = version::find(change.connection(), &actor, version).await?.total;
        // Sales round to hundreds.
        let price = (total.minor / 10_000 * 100).max(1);
        let terms = Terms {
            price: price.to_string(),
            valid_until: day_of(at.plus(Span::days(30))),
            delivery_on: day_of(at.plus(Span::days(self.random.random_range(25..50)))),
            message: MESSAGES.choose(&mut self.random).copied().unwrap_or_default().to_owned(),
        };
        Ok(proposal::propose(change, version, &terms, "").await?)
    }

    async fn order(
        &mut self,
        change: &mut Change,
        story: &Story<'_>,
        version: VersionId,
        proposed: Timestamp,
    ) -> anyhow::Result<()> {
        if proposed > self.now {
            return Ok(());
        }
        change.tell(story.staff.clone(), proposed);
        let proposal = self.propose(change, version, proposed).await?;
        let approved = proposed.plus(Span::hours(self.random.random_range(2..96)));
        if approved > self.now {
            return Ok(());
        }
        change.tell(story.who.clone(), approved);
        let actor = story.who.clone();
        let hash = version::find(change.connection(), &actor, version).await?.hash;
        let order = answer::approve(change, proposal, &hash, "").await?;
        self.produce(change, story, order, approved).await
    }

    /// Steps, carrier, door and acceptance, as far as time has come.
    async fn produce(
        &mut self,
        change: &mut Change,
        story: &Story<'_>,
        order: OrderId,
        approved: Timestamp,
    ) -> anyhow::Result<()> {
        let staff = story.staff;
        let found = view::find(change.connection(), staff, order).await?;
        let steps = view::steps(change.connection(), &found).await?;
        let mut at = approved.plus(Span::hours(self.random.random_range(10..70)));
        for step in steps {
            if at > self.now {
                return Ok(());
            }
            change.tell(staff.clone(), at);
            produce::start_step(change, order, step.id).await?;
            at = at.plus(Span::hours(self.random.random_range(20..110)));
            if at > self.now {
                return Ok(());
            }
            change.tell(staff.clone(), at);
            produce::finish_step(change, order, step.id).await?;
            at = at.plus(Span::hours(self.random.random_range(1..20)));
        }
        self.deliver(change, story, order, at).await
    }

    async fn deliver(
        &mut self,
        change: &mut Change,
        story: &Story<'_>,
        order: OrderId,
        ready: Timestamp,
    ) -> anyhow::Result<()> {
        let sent = ready.plus(Span::hours(self.random.random_range(2..40)));
        let arrived = sent.plus(Span::hours(self.random.random_range(20..90)));
        let accepted = arrived.plus(Span::hours(self.random.random_range(1..120)));
        if sent > self.now {
            return Ok(());
        }
        let (street, city, postcode) = STREETS.choose(&mut self.random).copied().unwrap_or_default();
        change.tell(story.staff.clone(), sent);
        let shipment = produce::Shipment {
            carrier: CARRIERS.choose(&mut self.random).copied().unwrap_or("Нова пошта").to_owned(),
            tracking: format!("2045{:010}", self.random.random_range(0..10_000_000_000_u64)),
            address: format!("{street}, {city}, {postcode}"),
        };
        produce::ship(change, order, &shipment).await?;
        if arrived > self.now {
            return Ok(());
        }
        change.tell(story.staff.clone(), arrived);
        produce::deliver(change, order).await?;
        if accepted > self.now {
            return Ok(());
        }
        change.tell(story.who.clone(), accepted);
        Ok(accept::accept(change, order).await?)
    }

    /// Some options changed from the product's own, never against its rules.
    fn choices(&mut self, model: &ProductModel) -> Values {
        for _ in 0..20 {
            let mut chosen = Values::new();
            for option in &model.options {
                if self.random.random_range(0..3) > 0
                    && let Some(value) = self.value(option)
                {
                    chosen.insert(option.key.clone(), value);
                }
            }
            if model.violations(&model.complete(&chosen)).is_empty() {
                return chosen;
            }
        }
        Values::new()
    }

    fn value(&mut self, option: &ModelOption) -> Option<Value> {
        match &option.kind {
            OptionKind::Choice { values, .. } => {
                values.choose(&mut self.random).map(|value| Value::Text(value.key.clone()))
            }
            OptionKind::Number { min, max, step, .. } => {
                let steps = ((max - min) / step).trunc();
                let steps = i64::try_from(steps).unwrap_or_default();
                Some(Value::Number((min + step * Decimal::from(self.random.random_range(0..=steps))).normalize()))
            }
            OptionKind::Flag { .. } => Some(Value::Flag(self.random.random_bool(0.5))),
            OptionKind::Text { .. } => None,
        }
    }
}

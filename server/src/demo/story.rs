//! What happened: designs that became orders, some that did not, each as far as its time has come.

use super::{
    Telling,
    calendar::day_of,
    people::Buyer,
    words::{BRIEFS, DECLINES, DESIGN_NOTES, MESSAGES, TITLES},
};
use domain::{
    DesignId, Language, ProposalId, Span, Timestamp, VersionId,
    document::Value,
    model::{ModelOption, OptionKind, ProductKind, ProductModel, Values},
    policy::Actor,
};
use rand::{RngExt, seq::IndexedRandom};
use rust_decimal::Decimal;
use store::{
    Change,
    design::{
        answer, desk,
        proposal::{self, Terms},
        start::{self, Beginning},
        version, view,
    },
    order::destination,
    product::{self, Product},
};

/// How often, of a hundred designs.
const NEVER_PROPOSED: u32 = 14;
const DECLINED_ONCE: u32 = 18;
/// Of those, how often that was the end.
const DECLINED_FOR_GOOD: u32 = 25;
/// Designs that began of late, so that the board shows each state.
const LATE: usize = 26;
const OF_LATE: Span = Span::days(38);
/// What began before is over by now, whatever came between.
const FINISHED: Span = Span::days(75);

/// One design's story: who, what, and when it began.
pub struct Story<'a> {
    pub buyer: &'a Buyer,
    pub who: Actor,
    pub staff: &'a Actor,
    pub product: &'a Product,
    pub began: Timestamp,
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
            let settled = buyer.since.plus(Span::hours(2));
            let until = if buyer.is_shown() { self.now.minus(FINISHED) } else { self.now };
            for number in 0..buyer.weight {
                let began = self.within(settled, Span(until.0 - settled.0));
                stories.extend(self.story(buyer, number as usize, staff, &products, began));
            }
        }
        for number in 0..LATE {
            let Some(buyer) = customers.choose(&mut self.random).filter(|buyer| !buyer.is_shown()) else { continue };
            let began = self.within(self.now.minus(OF_LATE).max(buyer.since), OF_LATE);
            stories.extend(self.story(buyer, number, staff, &products, began));
        }
        stories.retain(|story| story.began < self.now);
        // So that the orders' numbers follow time.
        stories.sort_by_key(|story| story.began);
        for story in &stories {
            self.live(change, story).await?;
        }
        Ok(())
    }

    fn story<'a>(
        &mut self,
        buyer: &'a Buyer,
        number: usize,
        staff: &'a [Actor],
        products: &'a [Product],
        began: Timestamp,
    ) -> Option<Story<'a>> {
        // Most come for what is made for them.
        let often = |product: &Product| match product.model.kind {
            ProductKind::Made => 6,
            ProductKind::Goods => 2,
            ProductKind::Service => 1,
        };
        let product = products.choose_weighted(&mut self.random, often).ok()?;
        let staff = staff.choose(&mut self.random)?;
        Some(Story { buyer, who: buyer.actor(number), staff, product, began })
    }

    /// Tells one story, until now.
    async fn live(&mut self, change: &mut Change, story: &Story<'_>) -> anyhow::Result<()> {
        change.impersonate(story.who.clone(), story.began);
        let design = self.begin(change, story).await?;
        self.talk(change, design, story.staff, story.buyer.language).await?;
        let mut at = self.at_work_after(change.at(), 3..60);
        if at > self.now {
            return Ok(());
        }
        change.impersonate(story.staff.clone(), at);
        if self.random.random_range(0..4) == 0 {
            let note = DESIGN_NOTES.choose(&mut self.random).copied().unwrap_or_default();
            desk::add_note(change, design, note).await?;
        }
        if self.random.random_range(0..100) < NEVER_PROPOSED && !story.buyer.is_shown() {
            return Ok(());
        }
        let mut version = version::name(change, design, "").await?;
        if self.random.random_range(0..100) < DECLINED_ONCE {
            let proposal = self.propose(change, story, version).await?;
            at = at.plus(Span::hours(self.random.random_range(5..70)));
            if at > self.now {
                return Ok(());
            }
            change.impersonate(story.who.clone(), at);
            let reason = DECLINES.of(story.buyer.language).choose(&mut self.random).copied().unwrap_or_default();
            answer::decline(change, proposal, reason).await?;
            at = self.at_work(at.plus(Span::hours(20)));
            if self.random.random_range(0..100) < DECLINED_FOR_GOOD || at > self.now {
                return Ok(());
            }
            change.impersonate(story.staff.clone(), at);
            self.rework(change, design, &story.product.model).await?;
            version = version::name(change, design, "").await?;
        }
        self.order(change, story, version).await
    }

    async fn begin(&mut self, change: &mut Change, story: &Story<'_>) -> anyhow::Result<DesignId> {
        let (buyer, product) = (story.buyer, story.product);
        let beginning = Beginning {
            options: self.choices(&product.model),
            quantity: Some(self.quantity(product, buyer.is_organisation())),
            brief: BRIEFS.of(buyer.language).choose(&mut self.random).copied().unwrap_or_default().to_owned(),
        };
        let design = start::start(change, buyer.customer, product, &beginning, buyer.language).await?;
        let titles: Vec<_> = TITLES.iter().filter(|(slug, _)| *slug == product.slug).collect();
        if buyer.language == Language::Uk
            && !buyer.is_organisation()
            && let Some((_, title)) = titles.choose(&mut self.random)
        {
            start::rename(change, design, title).await?;
        }
        Ok(design)
    }

    fn quantity(&mut self, product: &Product, organisation: bool) -> u32 {
        match (product.slug.as_str(), organisation) {
            ("chair", true) => self.random.random_range(6..=24),
            ("chair", false) => self.random.random_range(2..=8),
            ("care-set", _) => self.random.random_range(1..=3),
            ("delivery" | "wardrobe", _) | (_, false) => 1,
            _ => self.random.random_range(1..=6),
        }
    }

    pub(super) async fn propose(
        &mut self,
        change: &mut Change,
        story: &Story<'_>,
        version: VersionId,
    ) -> anyhow::Result<ProposalId> {
        let (at, actor) = (change.at(), change.actor().clone());
        let total = version::find(change.connection(), &actor, version).await?.total;
        // What costs much, sales round down to hundreds.
        let hundreds = total.minor / 10_000 * 10_000;
        let price = if hundreds >= 1_000_000 { hundreds } else { total.minor };
        let spare = match story.product.model.kind {
            ProductKind::Made => self.random.random_range(6..12),
            ProductKind::Goods | ProductKind::Service => self.random.random_range(3..6),
        };
        let days: u32 = story.product.model.steps.iter().map(|step| step.days).sum();
        let terms = Terms {
            price: format!("{}.{:02}", price / 100, price % 100),
            valid_until: day_of(at).plus_working_days(10).to_string(),
            delivery_on: day_of(at).plus_working_days(days + spare).to_string(),
            message: MESSAGES.of(story.buyer.language).choose(&mut self.random).copied().unwrap_or_default().to_owned(),
        };
        Ok(proposal::propose(change, version, &terms, "").await?)
    }

    /// Proposes as whoever acts, and lets the customer approve what is then made.
    async fn order(&mut self, change: &mut Change, story: &Story<'_>, version: VersionId) -> anyhow::Result<()> {
        let proposal = self.propose(change, story, version).await?;
        let approved = change.at().plus(Span::hours(self.random.random_range(2..96)));
        if approved > self.now {
            return Ok(());
        }
        change.impersonate(story.who.clone(), approved);
        let hash = version::find(change.connection(), &story.who, version).await?.hash;
        let order = answer::approve(change, proposal, &hash, "").await?;
        if let Some(place) = story.buyer.places.choose(&mut self.random) {
            destination::choose(change, order, place).await?;
        }
        self.make(change, story, order).await
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

    /// Changes one option in the room.
    async fn rework(&mut self, change: &mut Change, design: DesignId, model: &ProductModel) -> anyhow::Result<()> {
        let actor = change.actor().clone();
        let held = view::find(change.connection(), &actor, design).await?.options;
        for _ in 0..20 {
            let Some(option) = model.options.choose(&mut self.random) else { continue };
            let Some(value) = self.value(option) else { continue };
            let mut changed = held.clone();
            changed.insert(option.key.clone(), value.clone());
            let changed = model.complete(&changed);
            if changed != model.complete(&held) && model.violations(&changed).is_empty() {
                return self.edit(change, design, |replica| replica.set_option(&option.key, Some(&value))).await;
            }
        }
        Ok(())
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

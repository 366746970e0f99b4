//! Generates designs, their proposals and the resulting orders, up to now.

use super::{
    calendar::day_of,
    design_plan::DesignPlan,
    generator::Generator,
    people::Buyer,
    texts::{BRIEFS, DECLINE_REASONS, DESIGN_NOTES, PROPOSAL_MESSAGES, TITLES},
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
    BackdatedChange,
    design::{
        desk,
        start::{self, InitialContent},
        version, view,
    },
    order::destination,
    product::{self, Product},
    proposal::{self, Terms, answer},
};

/// The share of designs without a proposal, in percent.
const NOT_PROPOSED: u32 = 14;
/// The share of designs whose first proposal is declined, in percent.
const DECLINED: u32 = 18;
/// The share of declined proposals that are not followed by another, in percent.
const ABANDONED: u32 = 25;
/// The number of additional designs started in [`RECENT`], so that the board shows orders in each state.
const RECENT_DESIGNS: usize = 26;
const RECENT: Span = Span::days(38);
/// A design started this long ago is finished by now.
const LONGEST_ORDER: Span = Span::days(75);

impl Generator {
    pub(super) async fn add_designs(
        &mut self,
        change: &mut BackdatedChange,
        staff: &[Actor],
        customers: &[Buyer],
    ) -> anyhow::Result<()> {
        let products = product::offered(change.connection()).await?;
        let mut plans = Vec::new();
        for buyer in customers {
            let earliest = buyer.since.plus(Span::hours(2));
            let latest = if buyer.is_showcase() { self.now.minus(LONGEST_ORDER) } else { self.now };
            for number in 0..buyer.weight {
                let started_at = self.random_moment(earliest, Span(latest.0 - earliest.0));
                plans.extend(self.plan_design(buyer, number as usize, staff, &products, started_at));
            }
        }
        for number in 0..RECENT_DESIGNS {
            let Some(buyer) = customers.choose(&mut self.random).filter(|buyer| !buyer.is_showcase()) else { continue };
            let started_at = self.random_moment(self.now.minus(RECENT).max(buyer.since), RECENT);
            plans.extend(self.plan_design(buyer, number, staff, &products, started_at));
        }
        plans.retain(|plan| plan.started_at < self.now);
        // In order of time, so that order numbers ascend.
        plans.sort_by_key(|plan| plan.started_at);
        for plan in &plans {
            self.add_design(change, plan).await?;
        }
        Ok(())
    }

    fn plan_design<'a>(
        &mut self,
        buyer: &'a Buyer,
        number: usize,
        staff: &'a [Actor],
        products: &'a [Product],
        started_at: Timestamp,
    ) -> Option<DesignPlan<'a>> {
        // Most customers order made-to-measure products.
        let weight = |product: &Product| match product.model.kind {
            ProductKind::Made => 6,
            ProductKind::Goods => 2,
            ProductKind::Service => 1,
        };
        let product = products.choose_weighted(&mut self.random, weight).ok()?;
        let staff = staff.choose(&mut self.random)?;
        Some(DesignPlan { buyer, designer: buyer.actor(number), staff, product, started_at })
    }

    /// Adds a design and what follows from it, up to now.
    async fn add_design(&mut self, change: &mut BackdatedChange, plan: &DesignPlan<'_>) -> anyhow::Result<()> {
        change.impersonate(plan.designer.clone(), plan.started_at);
        let design = self.start_design(change, plan).await?;
        self.add_comments(change, design, plan.staff, plan.buyer.language).await?;
        let mut at = self.working_hours_after(change.at(), 3..60);
        if at > self.now {
            return Ok(());
        }
        change.impersonate(plan.staff.clone(), at);
        if self.random.random_range(0..4) == 0 {
            let note = DESIGN_NOTES.choose(&mut self.random).copied().unwrap_or_default();
            desk::add_note(change, design, note).await?;
        }
        if self.random.random_range(0..100) < NOT_PROPOSED && !plan.buyer.is_showcase() {
            return Ok(());
        }
        let mut version = version::create(change, design, "").await?;
        if self.random.random_range(0..100) < DECLINED {
            let proposal = self.propose(change, plan, version).await?;
            at = at.plus(Span::hours(self.random.random_range(5..70)));
            if at > self.now {
                return Ok(());
            }
            change.impersonate(plan.designer.clone(), at);
            let reason =
                DECLINE_REASONS.in_language(plan.buyer.language).choose(&mut self.random).copied().unwrap_or_default();
            answer::decline(change, proposal, reason).await?;
            at = self.in_working_hours(at.plus(Span::hours(20)));
            if self.random.random_range(0..100) < ABANDONED || at > self.now {
                return Ok(());
            }
            change.impersonate(plan.staff.clone(), at);
            self.change_option(change, design, &plan.product.model).await?;
            version = version::create(change, design, "").await?;
        }
        self.propose_and_order(change, plan, version).await
    }

    async fn start_design(&mut self, change: &mut BackdatedChange, plan: &DesignPlan<'_>) -> anyhow::Result<DesignId> {
        let (buyer, product) = (plan.buyer, plan.product);
        let beginning = InitialContent {
            options: self.random_options(&product.model),
            quantity: Some(self.random_quantity(product, buyer.is_organisation())),
            brief: BRIEFS.in_language(buyer.language).choose(&mut self.random).copied().unwrap_or_default().to_owned(),
        };
        let design = start::start_design(change, buyer.customer, product, &beginning, buyer.language).await?;
        let titles: Vec<_> = TITLES.iter().filter(|(slug, _)| *slug == product.slug).collect();
        if buyer.language == Language::Uk
            && !buyer.is_organisation()
            && let Some((_, title)) = titles.choose(&mut self.random)
        {
            start::rename(change, design, title).await?;
        }
        Ok(design)
    }

    fn random_quantity(&mut self, product: &Product, is_organisation: bool) -> u32 {
        match (product.slug.as_str(), is_organisation) {
            ("chair", true) => self.random.random_range(6..=24),
            ("chair", false) => self.random.random_range(2..=8),
            ("care-set", _) => self.random.random_range(1..=3),
            ("delivery" | "wardrobe", _) | (_, false) => 1,
            _ => self.random.random_range(1..=6),
        }
    }

    pub(super) async fn propose(
        &mut self,
        change: &mut BackdatedChange,
        plan: &DesignPlan<'_>,
        version: VersionId,
    ) -> anyhow::Result<ProposalId> {
        let (at, actor) = (change.at(), change.actor().clone());
        let total = version::find(change.connection(), &actor, version).await?.total;
        // High totals are rounded down to hundreds.
        let rounded = total.minor / 10_000 * 10_000;
        let price = if rounded >= 1_000_000 { rounded } else { total.minor };
        let buffer = match plan.product.model.kind {
            ProductKind::Made => self.random.random_range(6..12),
            ProductKind::Goods | ProductKind::Service => self.random.random_range(3..6),
        };
        let days: u32 = plan.product.model.steps.iter().map(|step| step.days).sum();
        let terms = Terms {
            price: format!("{}.{:02}", price / 100, price % 100),
            valid_until: day_of(at).plus_working_days(10).to_string(),
            delivery_on: day_of(at).plus_working_days(days + buffer).to_string(),
            message: PROPOSAL_MESSAGES
                .in_language(plan.buyer.language)
                .choose(&mut self.random)
                .copied()
                .unwrap_or_default()
                .to_owned(),
        };
        Ok(proposal::propose(change, version, &terms, None).await?)
    }

    /// Adds a proposal of the change's actor, its approval, and the order.
    async fn propose_and_order(
        &mut self,
        change: &mut BackdatedChange,
        plan: &DesignPlan<'_>,
        version: VersionId,
    ) -> anyhow::Result<()> {
        let proposal = self.propose(change, plan, version).await?;
        let approved = change.at().plus(Span::hours(self.random.random_range(2..96)));
        if approved > self.now {
            return Ok(());
        }
        change.impersonate(plan.designer.clone(), approved);
        let hash = version::find(change.connection(), &plan.designer, version).await?.hash;
        let order = answer::approve(change, proposal, Some(hash), None).await?;
        if let Some(address) = plan.buyer.addresses.choose(&mut self.random) {
            destination::set(change, order, address).await?;
        }
        self.produce(change, plan, order).await
    }

    /// Returns random options that do not violate the product's rules. Options that are left out have their defaults.
    fn random_options(&mut self, model: &ProductModel) -> Values {
        for _ in 0..20 {
            let mut chosen = Values::new();
            for option in &model.options {
                if self.random.random_range(0..3) > 0
                    && let Some(value) = self.random_value(option)
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

    /// Changes one option in the design room.
    async fn change_option(
        &mut self,
        change: &mut BackdatedChange,
        design: DesignId,
        model: &ProductModel,
    ) -> anyhow::Result<()> {
        let actor = change.actor().clone();
        let options = view::find(change.connection(), &actor, design).await?.options;
        for _ in 0..20 {
            let Some(option) = model.options.choose(&mut self.random) else { continue };
            let Some(value) = self.random_value(option) else { continue };
            let mut changed = options.clone();
            changed.insert(option.key.clone(), value.clone());
            let changed = model.complete(&changed);
            if changed != model.complete(&options) && model.violations(&changed).is_empty() {
                return self.edit(change, design, |replica| replica.set_option(&option.key, Some(&value))).await;
            }
        }
        Ok(())
    }

    fn random_value(&mut self, option: &ModelOption) -> Option<Value> {
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

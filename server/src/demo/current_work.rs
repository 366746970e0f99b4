//! The current work that visitors of the demo see first: that of the showcase customer, a hotel, and that of staff.

use super::{
    calendar::{day_of, workdays_ago},
    generator::Generator,
    people::Buyer,
    pictures,
    ticket_texts::{REPLIED_TICKETS, RepliedTicket},
};
use anyhow::Context;
use domain::{Day, DesignId, OrderId, Span, TicketState, Timestamp, VersionId, document::Value, policy::Actor};
use rand::RngExt;
use rust_decimal::Decimal;
use store::{
    BackdatedChange,
    customer::desk::set_note,
    design::{
        desk,
        start::{self, InitialContent},
        version,
    },
    order::{destination, fulfilment, picture, view},
    product,
    proposal::{self, Terms, answer},
    ticket::{
        self,
        open::{self, About, NewTicket},
        write,
    },
};

/// The data with which a design is started.
struct NewDesign {
    slug: &'static str,
    title: &'static str,
    brief: &'static str,
    quantity: u32,
    options: Vec<(&'static str, Value)>,
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

fn number(value: i64) -> Value {
    Value::Number(Decimal::from(value))
}

impl Generator {
    pub(super) async fn add_current_work(
        &mut self,
        change: &mut BackdatedChange,
        staff: &[Actor],
        customers: &[Buyer],
    ) -> anyhow::Result<()> {
        let [iryna, taras, oksana, ..] = staff else { anyhow::bail!("the demo has too few members of staff") };
        let hotel = customers.first().context("the demo has no customers")?;
        let beds = self.add_beds_in_production(change, hotel, taras).await?;
        self.add_shipped_chairs(change, hotel, oksana).await?;
        self.add_proposed_table(change, hotel, taras).await?;
        self.add_started_bookcase(change, hotel, iryna).await?;
        set_note(
            change,
            hotel.customer,
            "Директорка погоджує все понад 50 000 ₴ сама. Привозити до 11:00, потім заїзд гостей.",
        )
        .await?;
        self.add_ticket_waiting_for_customer(change, hotel, taras, beds).await?;
        self.add_bench_to_start(change, &customers[24], oksana).await?;
        for (ticket, assignee) in REPLIED_TICKETS.iter().zip([taras, taras, iryna]) {
            self.add_replied_ticket(change, &customers[ticket.customer], ticket, assignee).await?;
        }
        self.add_unassigned_tickets(change, customers).await
    }

    /// Returns the moment this number of working days ago, at this hour in Kyiv, or an hour earlier in winter.
    fn ago(&self, days: u32, hour: i64, minute: i64) -> Timestamp {
        workdays_ago(self.now, days, hour - 3, minute)
    }

    async fn start_given_design(
        &mut self,
        change: &mut BackdatedChange,
        hotel: &Buyer,
        new: NewDesign,
    ) -> anyhow::Result<DesignId> {
        let product = product::by_slug(change.connection(), new.slug).await?;
        let beginning = InitialContent {
            options: new.options.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
            quantity: Some(new.quantity),
            brief: new.brief.to_owned(),
        };
        let violations = product.model.violations(&product.model.complete(&beginning.options));
        anyhow::ensure!(violations.is_empty(), "{}: {violations:?}", new.title);
        let design = start::start_design(change, hotel.customer, &product, &beginning, hotel.language).await?;
        start::rename(change, design, new.title).await?;
        Ok(design)
    }

    async fn add_proposal(
        &mut self,
        change: &mut BackdatedChange,
        version: VersionId,
        delivery_on: Day,
        message: &str,
    ) -> anyhow::Result<domain::ProposalId> {
        let actor = change.actor().clone();
        let total = version::find(change.connection(), &actor, version).await?.total;
        let terms = Terms {
            price: (total.minor / 10_000 * 100).to_string(),
            valid_until: day_of(change.at()).plus_working_days(10).to_string(),
            delivery_on: delivery_on.to_string(),
            message: message.to_owned(),
        };
        Ok(proposal::propose(change, version, &terms, None).await?)
    }

    async fn add_order(
        &mut self,
        change: &mut BackdatedChange,
        hotel: &Buyer,
        staff: &Actor,
        design: DesignId,
        (proposed, approved, due): (Timestamp, Timestamp, Day),
    ) -> anyhow::Result<OrderId> {
        change.impersonate(staff.clone(), proposed);
        let version = version::create(change, design, "").await?;
        let proposal = self.add_proposal(change, version, due, "").await?;
        let olena = hotel.actor(0);
        change.impersonate(olena.clone(), approved);
        let hash = version::find(change.connection(), &olena, version).await?.hash;
        let order = answer::approve(change, proposal, Some(hash), None).await?;
        if let Some(address) = hotel.addresses.first() {
            destination::set(change, order, address).await?;
        }
        Ok(order)
    }

    /// Starts the order's steps at these times, each with its picture, and finishes each shortly before the next one
    /// starts. The last one is not finished.
    async fn add_steps(
        &mut self,
        change: &mut BackdatedChange,
        staff: &Actor,
        order: OrderId,
        started_at: &[Timestamp],
    ) -> anyhow::Result<()> {
        let found = view::find(change.connection(), staff, order).await?;
        let steps = view::steps(change.connection(), &found).await?;
        for (at, step) in steps.iter().enumerate().take(started_at.len()) {
            change.impersonate(staff.clone(), started_at[at]);
            fulfilment::start_step(change, order, step.id).await?;
            change.impersonate(staff.clone(), started_at[at].plus(Span::minutes(95)));
            let files = pictures::of_step(&step.name.en)?;
            if !files.is_empty() {
                picture::add(change, order, step.id, files).await?;
            }
            if let Some(next) = started_at.get(at + 1) {
                change.impersonate(staff.clone(), next.minus(Span::minutes(20)));
                fulfilment::finish_step(change, order, step.id).await?;
            }
        }
        Ok(())
    }

    async fn add_beds_in_production(
        &mut self,
        change: &mut BackdatedChange,
        hotel: &Buyer,
        staff: &Actor,
    ) -> anyhow::Result<OrderId> {
        change.impersonate(hotel.actor(0), self.ago(12, 11, 20));
        let design = self
            .start_given_design(
                change,
                hotel,
                NewDesign {
                    slug: "bed",
                    title: "Ліжка для третього поверху",
                    brief: "Шість номерів під дахом: узголів’я не вище за підвіконня, 95 см.",
                    quantity: 6,
                    options: vec![("wood", text("ash")), ("mattress", number(160)), ("head", text("slats"))],
                },
            )
            .await?;
        self.add_comment(change, design, "Чи пройдуть сходами? Прольот 92 см.").await?;
        change.impersonate(staff.clone(), self.ago(12, 14, 5));
        self.add_comment(change, design, "Пройдуть: везтимемо розібраними, складемо на місці за день.").await?;
        let times = (self.ago(10, 10, 0), self.ago(9, 16, 40), day_of(self.now).plus_working_days(6));
        let order = self.add_order(change, hotel, staff, design, times).await?;
        let started_at = [self.ago(8, 10, 10), self.ago(4, 14, 0), self.ago(1, 11, 30)];
        self.add_steps(change, staff, order, &started_at).await?;
        Ok(order)
    }

    async fn add_shipped_chairs(
        &mut self,
        change: &mut BackdatedChange,
        hotel: &Buyer,
        staff: &Actor,
    ) -> anyhow::Result<()> {
        change.impersonate(hotel.actor(1), self.ago(6, 12, 15));
        let design = self
            .start_given_design(
                change,
                hotel,
                NewDesign {
                    slug: "chair",
                    title: "Стільці до сніданкової",
                    brief: "Як минулого разу, щоб не відрізнялися.",
                    quantity: 12,
                    options: vec![("wood", text("ash"))],
                },
            )
            .await?;
        let times = (self.ago(5, 11, 0), self.ago(5, 15, 30), day_of(self.now).plus_working_days(2));
        let order = self.add_order(change, hotel, staff, design, times).await?;
        self.add_steps(change, staff, order, &[self.ago(3, 10, 0)]).await?;
        let found = view::find(change.connection(), staff, order).await?;
        let last =
            view::steps(change.connection(), &found).await?.pop().context("the chairs have no production step")?;
        change.impersonate(staff.clone(), self.ago(2, 12, 0));
        fulfilment::finish_step(change, order, last.id).await?;
        change.impersonate(staff.clone(), self.ago(1, 12, 25));
        let shipment = fulfilment::Shipment {
            carrier: "Нова пошта".to_owned(),
            tracking: "20451104488213".to_owned(),
            address: found.destination.clone(),
            destination: found.destination,
        };
        Ok(fulfilment::ship(change, order, &shipment).await?)
    }

    async fn add_proposed_table(
        &mut self,
        change: &mut BackdatedChange,
        hotel: &Buyer,
        staff: &Actor,
    ) -> anyhow::Result<()> {
        let olena = hotel.actor(0);
        change.impersonate(olena.clone(), self.ago(6, 10, 30));
        let design = self
            .start_given_design(
                change,
                hotel,
                NewDesign {
                    slug: "dining-table",
                    title: "Великий стіл для камінної зали",
                    brief: "Стіл, за яким гості сидять увечері біля вогню. Горіх, живий край, ніяких гострих кутів на рівні дитячого чола.\nПідлога кам’яна, тож опори на фетрі.",
                    quantity: 1,
                    options: vec![
                        ("length", number(240)),
                        ("width", number(100)),
                        ("wood", text("walnut")),
                        ("edge", text("live")),
                        ("corners", number(0)),
                        ("legs", text("frame")),
                    ],
                },
            )
            .await?;
        self.add_comment(change, design, "Чи є горіх такої довжини одним шматком, без стику посередині?").await?;
        change.impersonate(staff.clone(), self.ago(6, 15, 10));
        self.add_comment(change, design, "До 270 см — є, дві дошки відклали для вас. Довше довелося б зрощувати.")
            .await?;
        desk::add_note(
            change,
            design,
            "Дошки 7 і 8 у кутку сушарні, 9 %. Більше горіха такої довжини до весни не буде.",
        )
        .await?;
        change.impersonate(staff.clone(), self.ago(5, 11, 45));
        let version = version::create(change, design, "Перша").await?;
        let first = self
            .add_proposal(change, version, day_of(self.now).plus_working_days(22), "Ціна з доставкою до зали.")
            .await?;
        change.impersonate(olena.clone(), self.ago(4, 17, 20));
        answer::decline(change, first, "Бракує двох місць: нас просять столи на вісьмох. Можна на 20 см довший?")
            .await?;
        change.impersonate(staff.clone(), self.ago(3, 10, 15));
        self.edit(change, design, |replica| replica.set_option("length", Some(&number(260)))).await?;
        self.add_comment(
            change,
            design,
            "260 см: восьмеро сидять вільно, дошки ще без стику. Рами тоді зсуваємо на 15 см від краю.",
        )
        .await?;
        change.impersonate(olena, self.ago(2, 18, 5));
        self.add_comment(change, design, "Саме так. Надішліть пропозицію, покажу директорці.").await?;
        change.impersonate(staff.clone(), self.ago(1, 10, 50));
        let version = version::create(change, design, "Довший, на вісьмох").await?;
        let message =
            "Стіл на вісьмох, 260 см, обидві дошки з одного стовбура. Доставка й складання в залі входять у ціну.";
        self.add_proposal(change, version, day_of(self.now).plus_working_days(21), message).await?;
        Ok(())
    }

    async fn add_started_bookcase(
        &mut self,
        change: &mut BackdatedChange,
        hotel: &Buyer,
        staff: &Actor,
    ) -> anyhow::Result<()> {
        change.impersonate(hotel.actor(2), self.ago(2, 13, 10));
        let design = self
            .start_given_design(
                change,
                hotel,
                NewDesign {
                    slug: "bookcase",
                    title: "Книжкова стіна у вестибюлі",
                    brief: "Гості лишають книжки й беруть інші. Низ закритий, верх відкритий, світло.",
                    quantity: 1,
                    options: vec![
                        ("width", number(280)),
                        ("height", number(240)),
                        ("bays", number(4)),
                        ("shelves", number(5)),
                        ("doors", text("doors")),
                        ("light", Value::Flag(true)),
                    ],
                },
            )
            .await?;
        change.impersonate(staff.clone(), self.ago(1, 9, 40));
        self.add_comment(change, design, "Стеля у вестибюлі рівна? Якщо є карниз, зробимо 235 см, щоб стелаж зайшов.")
            .await?;
        Ok(())
    }

    /// Adds a ticket to which staff have replied with a question.
    async fn add_ticket_waiting_for_customer(
        &mut self,
        change: &mut BackdatedChange,
        hotel: &Buyer,
        staff: &Actor,
        order: OrderId,
    ) -> anyhow::Result<()> {
        change.impersonate(hotel.actor(0), self.ago(2, 9, 25));
        let new = NewTicket {
            about: About::Order(order),
            subject: "День, коли занесете ліжка".to_owned(),
            text: "Добрий день! Третій поверх здаємо гостям із п’ятниці. Чи встигнете скласти до четверга?".to_owned(),
            files: Vec::new(),
        };
        let ticket = open::open(change, new).await?;
        change.impersonate(staff.clone(), self.ago(1, 14, 30));
        ticket::desk::add_note(change, ticket, "Бригада вільна в середу зранку, у четвер зайнята на «Печі».").await?;
        let answer = "Вітаємо! Встигаємо: приїдемо в середу о восьмій учотирьох і складемо до обіду. \
                      Підкажіть, з якого боку зручніше заїхати і чи вільний тоді вантажний ліфт?";
        write::write_answer(change, ticket, answer, Vec::new(), TicketState::Waiting).await?;
        Ok(())
    }

    /// Adds a ticket with an answer of staff and a reply of the customer, so that staff have to answer again.
    async fn add_replied_ticket(
        &mut self,
        change: &mut BackdatedChange,
        buyer: &Buyer,
        texts: &RepliedTicket,
        staff: &Actor,
    ) -> anyhow::Result<()> {
        change.impersonate(buyer.actor(1), self.ago(2, 12, 40));
        let new = NewTicket {
            about: About::Nothing(buyer.customer),
            subject: texts.subject.to_owned(),
            text: texts.text.to_owned(),
            files: pictures::attachment(texts.file)?,
        };
        let ticket = open::open(change, new).await?;
        change.impersonate(staff.clone(), self.ago(1, 11, 15));
        ticket::desk::set_priority(change, ticket, texts.priority).await?;
        write::write_answer(change, ticket, texts.answer, Vec::new(), TicketState::Waiting).await?;
        change.impersonate(buyer.actor(1), self.now.minus(Span::minutes(self.random.random_range(40..200))));
        write::write_message(change, ticket, texts.reply, Vec::new()).await?;
        Ok(())
    }

    /// Adds an order that was approved today and is not in production yet.
    async fn add_bench_to_start(
        &mut self,
        change: &mut BackdatedChange,
        buyer: &Buyer,
        staff: &Actor,
    ) -> anyhow::Result<()> {
        change.impersonate(buyer.actor(0), self.ago(3, 20, 10));
        let design = self
            .start_given_design(
                change,
                buyer,
                NewDesign {
                    slug: "bench",
                    title: "Лава до ґанку",
                    brief: "Стоятиме надворі під дахом, взувати чоботи.",
                    quantity: 1,
                    options: vec![("length", number(140)), ("wood", text("thermo"))],
                },
            )
            .await?;
        let approved = self.now.minus(Span::minutes(100));
        let times = (self.ago(2, 11, 10), approved, day_of(self.now).plus_working_days(16));
        self.add_order(change, buyer, staff, design, times).await?;
        Ok(())
    }

    /// Adds tickets that are not assigned to anybody.
    async fn add_unassigned_tickets(
        &mut self,
        change: &mut BackdatedChange,
        customers: &[Buyer],
    ) -> anyhow::Result<()> {
        let new = [
            (
                3,
                170,
                "Креслення для узгодження",
                "Чи можете надіслати креслення стелажа у PDF? Додамо до проєкту інтер’єру.",
            ),
            (20, 95, "Чи можна забрати самим?", "Будемо у вашому місті в суботу з причепом. Чи відчинено?"),
            (8, 25, "Ще один такий самий", "Вітрина сподобалася всім. Скільки коштуватиме друга, якщо замовити зараз?"),
        ];
        for (customer, minutes, subject, text) in new {
            let buyer = &customers[customer];
            change.impersonate(buyer.actor(0), self.now.minus(Span::minutes(minutes)));
            let about = About::Nothing(buyer.customer);
            let new = NewTicket { about, subject: subject.to_owned(), text: text.to_owned(), files: Vec::new() };
            open::open(change, new).await?;
        }
        Ok(())
    }
}

//! How things stand today for those who sign in to look around: what waits for Olena at the hotel, and for Taras and
//! Iryna at their desk. Told after the rest, so that it comes first.

use super::{
    Telling,
    calendar::{day_of, workdays_ago},
    people::Buyer,
    pictures,
    questions::{WRITTEN_BACK, WrittenBack},
};
use anyhow::Context;
use domain::{Day, DesignId, OrderId, Span, TicketState, Timestamp, VersionId, document::Value, policy::Actor};
use rand::RngExt;
use rust_decimal::Decimal;
use store::{
    Change,
    customer::desk::remark,
    design::{
        answer, desk,
        proposal::{self, Terms},
        start::{self, Beginning},
        version,
    },
    order::{destination, picture, produce, view},
    product,
    ticket::{
        self,
        open::{self, About, NewTicket},
        write,
    },
};

/// A design as its beginning says it.
struct Plan {
    slug: &'static str,
    title: &'static str,
    brief: &'static str,
    quantity: u32,
    options: Vec<(&'static str, Value)>,
}

fn word(value: &str) -> Value {
    Value::Text(value.to_owned())
}

fn number(value: i64) -> Value {
    Value::Number(Decimal::from(value))
}

impl Telling {
    pub(super) async fn today(
        &mut self,
        change: &mut Change,
        staff: &[Actor],
        customers: &[Buyer],
    ) -> anyhow::Result<()> {
        let [iryna, taras, oksana, ..] = staff else { anyhow::bail!("the demo's staff is too small") };
        let hotel = customers.first().context("the demo has customers")?;
        let beds = self.beds_being_made(change, hotel, taras).await?;
        self.chairs_on_their_way(change, hotel, oksana).await?;
        self.table_to_approve(change, hotel, taras).await?;
        self.bookcase_begun(change, hotel, iryna).await?;
        remark(
            change,
            hotel.customer,
            "Директорка погоджує все понад 50 000 ₴ сама. Привозити до 11:00, потім заїзд гостей.",
        )
        .await?;
        self.question_to_olena(change, hotel, taras, beds).await?;
        self.bench_to_start(change, &customers[24], oksana).await?;
        for (talk, who) in WRITTEN_BACK.iter().zip([taras, taras, iryna]) {
            self.written_back(change, &customers[talk.customer], talk, who).await?;
        }
        self.new_questions(change, customers).await
    }

    /// So many working days ago, at this hour in Kyiv, give or take one for the time of year.
    fn ago(&self, days: u32, hour: i64, minute: i64) -> Timestamp {
        workdays_ago(self.now, days, hour - 3, minute)
    }

    async fn planned(&mut self, change: &mut Change, hotel: &Buyer, plan: Plan) -> anyhow::Result<DesignId> {
        let product = product::by_slug(change.connection(), plan.slug).await?;
        let beginning = Beginning {
            options: plan.options.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
            quantity: Some(plan.quantity),
            brief: plan.brief.to_owned(),
        };
        let broken = product.model.violations(&product.model.complete(&beginning.options));
        anyhow::ensure!(broken.is_empty(), "{}: {broken:?}", plan.title);
        let design = start::start(change, hotel.customer, &product, &beginning, hotel.language).await?;
        start::rename(change, design, plan.title).await?;
        Ok(design)
    }

    async fn offered(
        &mut self,
        change: &mut Change,
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
        Ok(proposal::propose(change, version, &terms, "").await?)
    }

    async fn ordered(
        &mut self,
        change: &mut Change,
        hotel: &Buyer,
        staff: &Actor,
        design: DesignId,
        (proposed, approved, due): (Timestamp, Timestamp, Day),
    ) -> anyhow::Result<OrderId> {
        change.impersonate(staff.clone(), proposed);
        let version = version::name(change, design, "").await?;
        let proposal = self.offered(change, version, due, "").await?;
        let olena = hotel.actor(0);
        change.impersonate(olena.clone(), approved);
        let hash = version::find(change.connection(), &olena, version).await?.hash;
        let order = answer::approve(change, proposal, &hash, "").await?;
        if let Some(place) = hotel.places.first() {
            destination::choose(change, order, place).await?;
        }
        Ok(order)
    }

    /// Begins the order's steps at these moments and ends each when the next one begins, with its picture; the last of
    /// them goes on.
    async fn steps(
        &mut self,
        change: &mut Change,
        staff: &Actor,
        order: OrderId,
        began: &[Timestamp],
    ) -> anyhow::Result<()> {
        let found = view::find(change.connection(), staff, order).await?;
        let steps = view::steps(change.connection(), &found).await?;
        for (at, step) in steps.iter().enumerate().take(began.len()) {
            change.impersonate(staff.clone(), began[at]);
            produce::start_step(change, order, step.id).await?;
            change.impersonate(staff.clone(), began[at].plus(Span::minutes(95)));
            let sent = pictures::of_step(&step.name.en)?;
            if !sent.is_empty() {
                picture::add(change, order, step.id, sent).await?;
            }
            if let Some(next) = began.get(at + 1) {
                change.impersonate(staff.clone(), next.minus(Span::minutes(20)));
                produce::finish_step(change, order, step.id).await?;
            }
        }
        Ok(())
    }

    async fn beds_being_made(&mut self, change: &mut Change, hotel: &Buyer, staff: &Actor) -> anyhow::Result<OrderId> {
        change.impersonate(hotel.actor(0), self.ago(12, 11, 20));
        let design = self
            .planned(
                change,
                hotel,
                Plan {
                    slug: "bed",
                    title: "Ліжка для третього поверху",
                    brief: "Шість номерів під дахом: узголів’я не вище за підвіконня, 95 см.",
                    quantity: 6,
                    options: vec![("wood", word("ash")), ("mattress", number(160)), ("head", word("slats"))],
                },
            )
            .await?;
        self.comment(change, design, "Чи пройдуть сходами? Прольот 92 см.").await?;
        change.impersonate(staff.clone(), self.ago(12, 14, 5));
        self.comment(change, design, "Пройдуть: везтимемо розібраними, складемо на місці за день.").await?;
        let times = (self.ago(10, 10, 0), self.ago(9, 16, 40), day_of(self.now).plus_working_days(6));
        let order = self.ordered(change, hotel, staff, design, times).await?;
        let began = [self.ago(8, 10, 10), self.ago(4, 14, 0), self.ago(1, 11, 30)];
        self.steps(change, staff, order, &began).await?;
        Ok(order)
    }

    async fn chairs_on_their_way(&mut self, change: &mut Change, hotel: &Buyer, staff: &Actor) -> anyhow::Result<()> {
        change.impersonate(hotel.actor(1), self.ago(6, 12, 15));
        let design = self
            .planned(
                change,
                hotel,
                Plan {
                    slug: "chair",
                    title: "Стільці до сніданкової",
                    brief: "Як минулого разу, щоб не відрізнялися.",
                    quantity: 12,
                    options: vec![("wood", word("ash"))],
                },
            )
            .await?;
        let times = (self.ago(5, 11, 0), self.ago(5, 15, 30), day_of(self.now).plus_working_days(2));
        let order = self.ordered(change, hotel, staff, design, times).await?;
        self.steps(change, staff, order, &[self.ago(3, 10, 0)]).await?;
        let found = view::find(change.connection(), staff, order).await?;
        let last = view::steps(change.connection(), &found).await?.pop().context("the chairs have a step")?;
        change.impersonate(staff.clone(), self.ago(2, 12, 0));
        produce::finish_step(change, order, last.id).await?;
        change.impersonate(staff.clone(), self.ago(1, 12, 25));
        let shipment = produce::Shipment {
            carrier: "Нова пошта".to_owned(),
            tracking: "20451104488213".to_owned(),
            address: found.destination.clone(),
            destination: found.destination,
        };
        Ok(produce::ship(change, order, &shipment).await?)
    }

    async fn table_to_approve(&mut self, change: &mut Change, hotel: &Buyer, staff: &Actor) -> anyhow::Result<()> {
        let olena = hotel.actor(0);
        change.impersonate(olena.clone(), self.ago(6, 10, 30));
        let design = self
            .planned(
                change,
                hotel,
                Plan {
                    slug: "dining-table",
                    title: "Великий стіл для камінної зали",
                    brief: "Стіл, за яким гості сидять увечері біля вогню. Горіх, живий край, ніяких гострих кутів на рівні дитячого чола.\nПідлога кам’яна, тож опори на фетрі.",
                    quantity: 1,
                    options: vec![
                        ("length", number(240)),
                        ("width", number(100)),
                        ("wood", word("walnut")),
                        ("edge", word("live")),
                        ("corners", number(0)),
                        ("legs", word("frame")),
                    ],
                },
            )
            .await?;
        self.comment(change, design, "Чи є горіх такої довжини одним шматком, без стику посередині?").await?;
        change.impersonate(staff.clone(), self.ago(6, 15, 10));
        self.comment(change, design, "До 270 см — є, дві дошки відклали для вас. Довше довелося б зрощувати.").await?;
        desk::add_note(
            change,
            design,
            "Дошки 7 і 8 у кутку сушарні, 9 %. Більше горіха такої довжини до весни не буде.",
        )
        .await?;
        change.impersonate(staff.clone(), self.ago(5, 11, 45));
        let version = version::name(change, design, "Перша").await?;
        let first =
            self.offered(change, version, day_of(self.now).plus_working_days(22), "Ціна з доставкою до зали.").await?;
        change.impersonate(olena.clone(), self.ago(4, 17, 20));
        answer::decline(change, first, "Бракує двох місць: нас просять столи на вісьмох. Можна на 20 см довший?")
            .await?;
        change.impersonate(staff.clone(), self.ago(3, 10, 15));
        self.edit(change, design, |replica| replica.set_option("length", Some(&number(260)))).await?;
        self.comment(
            change,
            design,
            "260 см: восьмеро сидять вільно, дошки ще без стику. Рами тоді зсуваємо на 15 см від краю.",
        )
        .await?;
        change.impersonate(olena, self.ago(2, 18, 5));
        self.comment(change, design, "Саме так. Надішліть пропозицію, покажу директорці.").await?;
        change.impersonate(staff.clone(), self.ago(1, 10, 50));
        let version = version::name(change, design, "Довший, на вісьмох").await?;
        let message =
            "Стіл на вісьмох, 260 см, обидві дошки з одного стовбура. Доставка й складання в залі входять у ціну.";
        self.offered(change, version, day_of(self.now).plus_working_days(21), message).await?;
        Ok(())
    }

    async fn bookcase_begun(&mut self, change: &mut Change, hotel: &Buyer, staff: &Actor) -> anyhow::Result<()> {
        change.impersonate(hotel.actor(2), self.ago(2, 13, 10));
        let design = self
            .planned(
                change,
                hotel,
                Plan {
                    slug: "bookcase",
                    title: "Книжкова стіна у вестибюлі",
                    brief: "Гості лишають книжки й беруть інші. Низ закритий, верх відкритий, світло.",
                    quantity: 1,
                    options: vec![
                        ("width", number(280)),
                        ("height", number(240)),
                        ("bays", number(4)),
                        ("shelves", number(5)),
                        ("doors", word("doors")),
                        ("light", Value::Flag(true)),
                    ],
                },
            )
            .await?;
        change.impersonate(staff.clone(), self.ago(1, 9, 40));
        self.comment(change, design, "Стеля у вестибюлі рівна? Якщо є карниз, зробимо 235 см, щоб стелаж зайшов.")
            .await?;
        Ok(())
    }

    /// Staff ask back, and it is the customer's turn.
    async fn question_to_olena(
        &mut self,
        change: &mut Change,
        hotel: &Buyer,
        staff: &Actor,
        order: OrderId,
    ) -> anyhow::Result<()> {
        change.impersonate(hotel.actor(0), self.ago(2, 9, 25));
        let asked = NewTicket {
            about: About::Order(order),
            subject: "День, коли занесете ліжка".to_owned(),
            text: "Добрий день! Третій поверх здаємо гостям із п’ятниці. Чи встигнете скласти до четверга?".to_owned(),
            files: Vec::new(),
        };
        let ticket = open::open(change, asked).await?;
        change.impersonate(staff.clone(), self.ago(1, 14, 30));
        ticket::desk::note(change, ticket, "Бригада вільна в середу зранку, у четвер зайнята на «Печі».").await?;
        let answer = "Вітаємо! Встигаємо: приїдемо в середу о восьмій учотирьох і складемо до обіду. \
                      Підкажіть, з якого боку зручніше заїхати і чи вільний тоді вантажний ліфт?";
        write::answer(change, ticket, answer, Vec::new(), TicketState::Waiting).await?;
        Ok(())
    }

    /// It is the turn of the one who sees to it again.
    async fn written_back(
        &mut self,
        change: &mut Change,
        buyer: &Buyer,
        talk: &WrittenBack,
        staff: &Actor,
    ) -> anyhow::Result<()> {
        change.impersonate(buyer.actor(1), self.ago(2, 12, 40));
        let asked = NewTicket {
            about: About::Nothing(buyer.customer),
            subject: talk.subject.to_owned(),
            text: talk.text.to_owned(),
            files: pictures::sent(talk.shown)?,
        };
        let ticket = open::open(change, asked).await?;
        change.impersonate(staff.clone(), self.ago(1, 11, 15));
        ticket::desk::prioritise(change, ticket, talk.priority).await?;
        write::answer(change, ticket, talk.answer, Vec::new(), TicketState::Waiting).await?;
        change.impersonate(buyer.actor(1), self.now.minus(Span::minutes(self.random.random_range(40..200))));
        write::write(change, ticket, talk.back, Vec::new()).await?;
        Ok(())
    }

    /// Approved today, for the workshop to begin.
    async fn bench_to_start(&mut self, change: &mut Change, buyer: &Buyer, staff: &Actor) -> anyhow::Result<()> {
        change.impersonate(buyer.actor(0), self.ago(3, 20, 10));
        let design = self
            .planned(
                change,
                buyer,
                Plan {
                    slug: "bench",
                    title: "Лава до ґанку",
                    brief: "Стоятиме надворі під дахом, взувати чоботи.",
                    quantity: 1,
                    options: vec![("length", number(140)), ("wood", word("thermo"))],
                },
            )
            .await?;
        let approved = self.now.minus(Span::minutes(100));
        let times = (self.ago(2, 11, 10), approved, day_of(self.now).plus_working_days(16));
        self.ordered(change, buyer, staff, design, times).await?;
        Ok(())
    }

    /// Nobody has taken them yet.
    async fn new_questions(&mut self, change: &mut Change, customers: &[Buyer]) -> anyhow::Result<()> {
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
            let asked = NewTicket { about, subject: subject.to_owned(), text: text.to_owned(), files: Vec::new() };
            open::open(change, asked).await?;
        }
        Ok(())
    }
}

//! One mail of every kind, for tests of this and other crates and for sample messages.

use super::{Link, LinkSecret, MailContent, MailKind, TicketText};
use crate::{DesignId, Language, OrderId, ProposalId, TicketId};
use uuid::Uuid;

/// Returns a mail of this kind without empty fields. Texts that people wrote are in this language.
pub fn sample(kind: MailKind, language: Language) -> MailContent {
    let who = || translated(language, "Тарас Бондаренко", "Taras Bondarenko");
    let name = || translated(language, "Олена", "Olena");
    let customer = || "ТОВ «Кав’ярня на Подолі»".to_owned();
    let design = || translated(language, "Обідній стіл для тераси", "Dining table for the terrace");
    let ticket = || ticket(language);
    let quote = || quote(language);
    let secret = || LinkSecret::new("0123456789abcdef".repeat(4));
    let order = 1042;
    match kind {
        MailKind::ConfirmAddress => MailContent::ConfirmAddress { link: Link::Confirm(secret()) },
        MailKind::AlreadyRegistered => MailContent::AlreadyRegistered { link: Link::Forgotten, name: name() },
        MailKind::NoAccount => MailContent::NoAccount { link: Link::SignUp },
        MailKind::ResetPassword => MailContent::ResetPassword { link: Link::ResetPassword(secret()), name: name() },
        MailKind::Invitation => {
            MailContent::Invitation { link: Link::Join(secret()), who: who(), organisation: customer() }
        }
        MailKind::StaffInvitation => {
            let company = "Дім і дерево".to_owned();
            MailContent::StaffInvitation { link: Link::ResetPassword(secret()), who: who(), company }
        }
        MailKind::DesignComment => {
            MailContent::DesignComment { link: Link::Design(DESIGN), design: design(), quote: quote() }
        }
        MailKind::VersionStaff => MailContent::VersionStaff {
            link: Link::DeskDesign(DESIGN),
            customer: customer(),
            design: design(),
            version: 3,
        },
        MailKind::Proposal => MailContent::Proposal {
            link: Link::Proposal(DESIGN, ProposalId::from_uuid(ID)),
            design: design(),
            quote: Some(quote()),
        },
        MailKind::Approved => MailContent::Approved { link: Link::Order(ORDER), design: design(), order },
        MailKind::ApprovedStaff => {
            MailContent::ApprovedStaff { link: Link::DeskOrder(ORDER), customer: customer(), design: design(), order }
        }
        MailKind::DeclinedStaff => MailContent::DeclinedStaff {
            link: Link::DeskDesign(DESIGN),
            customer: customer(),
            design: design(),
            quote: quote(),
        },
        MailKind::OrderStep => {
            let step = translated(language, "Шліфування й олія", "Sanding and oil");
            MailContent::OrderStep { link: Link::Order(ORDER), order, step }
        }
        MailKind::OrderShipped => MailContent::OrderShipped {
            link: Link::Order(ORDER),
            order,
            carrier: "Нова пошта".to_owned(),
            tracking: "20450123456789".to_owned(),
        },
        MailKind::OrderDelivered => MailContent::OrderDelivered { link: Link::Order(ORDER), order },
        MailKind::OrderAcceptedStaff => {
            MailContent::OrderAcceptedStaff { link: Link::DeskOrder(ORDER), customer: customer(), order }
        }
        MailKind::TicketOpenedStaff => MailContent::TicketOpenedStaff {
            link: Link::DeskTicket(TICKET),
            customer: customer(),
            ticket: ticket(),
            quote: quote(),
        },
        MailKind::TicketReceived => {
            MailContent::TicketReceived { link: Link::Ticket(TICKET), ticket: ticket(), quote: quote() }
        }
        MailKind::TicketAnswer => {
            MailContent::TicketAnswer { link: Link::Ticket(TICKET), who: who(), ticket: ticket(), quote: quote() }
        }
        MailKind::TicketSolved => {
            MailContent::TicketSolved { link: Link::Ticket(TICKET), who: who(), ticket: ticket() }
        }
        MailKind::TicketMessageStaff => MailContent::TicketMessageStaff {
            link: Link::DeskTicket(TICKET),
            who: who(),
            ticket: ticket(),
            quote: quote(),
        },
    }
}

const ID: Uuid = Uuid::from_u128(0x0193_d1f4_0000_7000_8000_0000_0000_0001);
const DESIGN: DesignId = DesignId::from_uuid(ID);
const ORDER: OrderId = OrderId::from_uuid(ID);
const TICKET: TicketId = TicketId::from_uuid(ID);

fn translated(language: Language, uk: &str, en: &str) -> String {
    match language {
        Language::Uk => uk,
        Language::En => en,
    }
    .to_owned()
}

fn ticket(language: Language) -> TicketText {
    let subject = translated(language, "Подряпина на ніжці", "A scratch on a leg");
    TicketText { number: 1007, subject, files: Some("leg.jpg".to_owned()) }
}

fn quote(language: Language) -> String {
    translated(
        language,
        "Дякуємо за фото. Ніжку замінимо: нову зробимо до п’ятниці, а кур’єр забере стару.\n\nЯкщо вам зручніше, можемо \
         прислати майстра з олією: він затре подряпину на місці за пів години.",
        "Thank you for the picture. We will replace the leg: the new one is ready by Friday, and the courier takes the \
         old one along.\n\nIf you like that better, someone comes with oil and mends it on the spot in half an hour.",
    )
}

//! The texts of mails, in the language of the recipient.

use crate::t;
use domain::{Language, mail::MailContent};

/// Returns the subject. It may contain line breaks that people typed.
pub fn subject(language: Language, mail: &MailContent) -> String {
    match mail {
        MailContent::ConfirmAddress { .. } => t!(language, "mail-confirm-address-subject"),
        MailContent::AlreadyRegistered { .. } => t!(language, "mail-already-registered-subject"),
        MailContent::NoAccount { .. } => t!(language, "mail-no-account-subject"),
        MailContent::ResetPassword { .. } => t!(language, "mail-reset-password-subject"),
        MailContent::Invitation { organisation, .. } => {
            t!(language, "mail-invitation-subject", organisation = organisation)
        }
        MailContent::StaffInvitation { company, .. } => {
            t!(language, "mail-staff-invitation-subject", company = company)
        }
        MailContent::DesignComment { design, .. } => t!(language, "mail-design-comment-subject", design = design),
        MailContent::VersionStaff { customer, design, .. } => {
            t!(language, "mail-version-staff-subject", customer = customer, design = design)
        }
        MailContent::Proposal { design, .. } => t!(language, "mail-proposal-subject", design = design),
        MailContent::Approved { design, .. } => t!(language, "mail-approved-subject", design = design),
        MailContent::ApprovedStaff { customer, design, .. } => {
            t!(language, "mail-approved-staff-subject", customer = customer, design = design)
        }
        MailContent::DeclinedStaff { customer, design, .. } => {
            t!(language, "mail-declined-staff-subject", customer = customer, design = design)
        }
        MailContent::OrderStep { order, step, .. } => {
            t!(language, "mail-order-step-subject", order = order.to_string(), step = step)
        }
        MailContent::OrderShipped { order, .. } => {
            t!(language, "mail-order-shipped-subject", order = order.to_string())
        }
        MailContent::OrderDelivered { order, .. } => {
            t!(language, "mail-order-delivered-subject", order = order.to_string())
        }
        MailContent::OrderAcceptedStaff { customer, order, .. } => {
            t!(language, "mail-order-accepted-staff-subject", customer = customer, order = order.to_string())
        }
        MailContent::TicketOpenedStaff { ticket, .. } => t!(
            language,
            "mail-ticket-opened-staff-subject",
            ticket = ticket.number.to_string(),
            subject = &ticket.subject
        ),
        MailContent::TicketReceived { ticket, .. } => {
            t!(language, "mail-ticket-received-subject", ticket = ticket.number.to_string(), subject = &ticket.subject)
        }
        MailContent::TicketAnswer { ticket, .. } => {
            t!(language, "mail-ticket-answer-subject", ticket = ticket.number.to_string(), subject = &ticket.subject)
        }
        MailContent::TicketSolved { ticket, .. } => {
            t!(language, "mail-ticket-solved-subject", ticket = ticket.number.to_string(), subject = &ticket.subject)
        }
        MailContent::TicketMessageStaff { ticket, .. } => t!(
            language,
            "mail-ticket-message-staff-subject",
            ticket = ticket.number.to_string(),
            subject = &ticket.subject
        ),
    }
}

/// Returns the text between greeting and quote. An empty line starts a paragraph.
pub fn text(language: Language, mail: &MailContent) -> String {
    match mail {
        MailContent::ConfirmAddress { .. } => t!(language, "mail-confirm-address-text"),
        MailContent::AlreadyRegistered { .. } => t!(language, "mail-already-registered-text"),
        MailContent::NoAccount { .. } => t!(language, "mail-no-account-text"),
        MailContent::ResetPassword { .. } => t!(language, "mail-reset-password-text"),
        MailContent::Invitation { who, .. } => t!(language, "mail-invitation-text", who = who),
        MailContent::StaffInvitation { who, .. } => t!(language, "mail-staff-invitation-text", who = who),
        MailContent::DesignComment { .. } => t!(language, "mail-design-comment-text"),
        MailContent::VersionStaff { version, .. } => {
            t!(language, "mail-version-staff-text", version = version.to_string())
        }
        MailContent::Proposal { .. } => t!(language, "mail-proposal-text"),
        MailContent::Approved { order, .. } => t!(language, "mail-approved-text", order = order.to_string()),
        MailContent::ApprovedStaff { order, .. } => t!(language, "mail-approved-staff-text", order = order.to_string()),
        MailContent::DeclinedStaff { .. } => t!(language, "mail-declined-staff-text"),
        MailContent::OrderStep { .. } => t!(language, "mail-order-step-text"),
        MailContent::OrderShipped { carrier, tracking, .. } => {
            t!(language, "mail-order-shipped-text", carrier = carrier, tracking = tracking)
        }
        MailContent::OrderDelivered { .. } => t!(language, "mail-order-delivered-text"),
        MailContent::OrderAcceptedStaff { .. } => t!(language, "mail-order-accepted-staff-text"),
        MailContent::TicketOpenedStaff { customer, .. } => {
            t!(language, "mail-ticket-opened-staff-text", customer = customer)
        }
        MailContent::TicketReceived { ticket, .. } => {
            t!(language, "mail-ticket-received-text", ticket = ticket.number.to_string())
        }
        MailContent::TicketAnswer { who, .. } => t!(language, "mail-ticket-answer-text", who = who),
        MailContent::TicketSolved { .. } => t!(language, "mail-ticket-solved-text"),
        MailContent::TicketMessageStaff { who, .. } => t!(language, "mail-ticket-message-staff-text", who = who),
    }
}

/// Returns the label of the button that opens the mail's link.
pub fn button(language: Language, mail: &MailContent) -> String {
    match mail {
        MailContent::ConfirmAddress { .. } => t!(language, "mail-confirm-address-button"),
        MailContent::AlreadyRegistered { .. } => t!(language, "mail-already-registered-button"),
        MailContent::NoAccount { .. } => t!(language, "mail-no-account-button"),
        MailContent::ResetPassword { .. } => t!(language, "mail-reset-password-button"),
        MailContent::Invitation { .. } => t!(language, "mail-invitation-button"),
        MailContent::StaffInvitation { .. } => t!(language, "mail-staff-invitation-button"),
        MailContent::DesignComment { .. } => t!(language, "mail-design-comment-button"),
        MailContent::VersionStaff { .. } => t!(language, "mail-version-staff-button"),
        MailContent::Proposal { .. } => t!(language, "mail-proposal-button"),
        MailContent::Approved { .. } => t!(language, "mail-approved-button"),
        MailContent::ApprovedStaff { .. } => t!(language, "mail-approved-staff-button"),
        MailContent::DeclinedStaff { .. } => t!(language, "mail-declined-staff-button"),
        MailContent::OrderStep { .. } => t!(language, "mail-order-step-button"),
        MailContent::OrderShipped { .. } => t!(language, "mail-order-shipped-button"),
        MailContent::OrderDelivered { .. } => t!(language, "mail-order-delivered-button"),
        MailContent::OrderAcceptedStaff { .. } => t!(language, "mail-order-accepted-staff-button"),
        MailContent::TicketOpenedStaff { .. } => t!(language, "mail-ticket-opened-staff-button"),
        MailContent::TicketReceived { .. } => t!(language, "mail-ticket-received-button"),
        MailContent::TicketAnswer { .. } => t!(language, "mail-ticket-answer-button"),
        MailContent::TicketSolved { .. } => t!(language, "mail-ticket-solved-button"),
        MailContent::TicketMessageStaff { .. } => t!(language, "mail-ticket-message-staff-button"),
    }
}

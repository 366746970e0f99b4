# Mails. Each kind has mail-KIND-subject, mail-KIND-text and mail-KIND-button; an empty line in a text starts a paragraph.
# The subject is the heading too, so a text does not say it again (a ticket’s heading is the ticket’s own subject).
# After the text a mail may carry a person's words (an answer, a comment, a reason), so some texts end with a colon.
# Values: name: who gets it; who: whose doing it is; customer; organisation: where to join; company: whose portal;
# design: its title; order and ticket: their numbers; subject: the ticket's; step: its name.
mail-greeting = Hello,
mail-greeting-name = Hello { $name },
mail-link-hint = If the button does not work, copy this address into your browser:
mail-footer-account = You get this e-mail because your address was given at the portal of { $company }. If it was not you, there is nothing to do.
mail-footer-must = You get this e-mail from { $company } because it concerns what we have agreed with you.
mail-footer-designs = { $company } writes to you because you follow designs at the portal.
mail-footer-orders = { $company } writes to you because you follow orders at the portal.
mail-footer-tickets = { $company } writes to you because you follow tickets at the portal.
mail-unsubscribe-designs = No more e-mails about designs
mail-unsubscribe-orders = No more e-mails about orders
mail-unsubscribe-tickets = No more e-mails about tickets

# The page that the link at a mail's foot leads to.
unsubscribe-designs = No more e-mails about designs?
unsubscribe-designs-button = Stop e-mails about designs
unsubscribe-orders = No more e-mails about orders?
unsubscribe-orders-button = Stop e-mails about orders
unsubscribe-tickets = No more e-mails about tickets?
unsubscribe-tickets-button = Stop e-mails about tickets
unsubscribe-about = Everything still stands at the portal. Of passwords, invitations and what we have agreed with you we write as before.
unsubscribed-designs = No more e-mails about designs
unsubscribed-orders = No more e-mails about orders
unsubscribed-tickets = No more e-mails about tickets
unsubscribed-about = Your choice is kept. If you change your mind, turn these e-mails on again in your profile.
unsubscribed-change = Choose what to be told by e-mail

mail-confirm-address-subject = Confirm your address
mail-confirm-address-text =
    Thank you for signing up. One step is left: confirm that this mailbox is yours and choose a password.

    The link works once, within two days.
mail-confirm-address-button = Confirm the address

mail-already-registered-subject = You already have an account
mail-already-registered-text =
    Someone, most likely you, has just signed up with this address. There is an account with it already, so we have not made a second one.

    Simply sign in, or set a new password if you have forgotten yours.
mail-already-registered-button = Set a new password

mail-no-account-subject = No account with this address
mail-no-account-text =
    Someone, most likely you, has asked for a new password, but there is no account with this address.

    Perhaps you signed up with another one: try that. If you are new, sign up and you can start.
mail-no-account-button = Sign up

mail-reset-password-subject = A new password
mail-reset-password-text =
    You asked to set a new password. The link works once, within one hour.

    If you did not ask for it, leave this e-mail alone: your password stays as it is.
mail-reset-password-button = Set the password

mail-invitation-subject = { $organisation }: an invitation to work together
mail-invitation-text =
    { $who } invites you to join { $organisation }. You will see its designs, orders and tickets together.
mail-invitation-button = Accept the invitation

mail-staff-invitation-subject = { $company }: your place at the desk
mail-staff-invitation-text =
    { $who } adds you to the team of { $company }. Set a password and you can begin.

    The link lasts seven days and works once.
mail-staff-invitation-button = Set the password

# Files themselves are not sent along.
mail-files = With files, which are on the page: { $files }

mail-design-comment-subject = New comment: { $design }
mail-design-comment-text = Said in the design while you were not there:
mail-design-comment-button = Answer in the design

mail-proposal-subject = Your proposal is ready: { $design }
mail-proposal-text =
    Drawing, price and date are ready. Look through the proposal and approve it, or write what to change.
mail-proposal-button = See the proposal

mail-approved-subject = Approved: { $design }
mail-approved-text =
    It is now order no. { $order }. The approved version will not change.

    We will write at every important step.
mail-approved-button = Open the order

mail-approved-staff-subject = { $customer } approves: { $design }
mail-approved-staff-text = Order no. { $order } has been made from the proposal.
mail-approved-staff-button = Open the order

mail-version-staff-subject = { $customer } saves a version: { $design }
mail-version-staff-text = Version { $version } waits for our proposal. What is still open can be asked in the design.
mail-version-staff-button = Open the design

mail-declined-staff-subject = { $customer } declines: { $design }
mail-declined-staff-text = The proposal has come back to us. The reason:
mail-declined-staff-button = Open the design

mail-order-step-subject = Order no. { $order }: { $step }
mail-order-step-text = This step is done, and your order is moving on.
mail-order-step-button = See the order

mail-order-shipped-subject = Order no. { $order } is on its way
mail-order-shipped-text =
    It has left us and is coming to you.

    Carrier: { $carrier } { $tracking }
mail-order-shipped-button = See the order

mail-order-delivered-subject = Order no. { $order } has arrived
mail-order-delivered-text =
    Look it over and confirm that all is well.

    If something is wrong, write to us right from the order’s page.
mail-order-delivered-button = Look and accept

mail-order-accepted-staff-subject = { $customer } accepts order no. { $order }
mail-order-accepted-staff-text = The customer has looked it over and confirms that all is well.
mail-order-accepted-staff-button = Open the order

mail-ticket-opened-staff-subject = [no. { $ticket }] { $subject }
mail-ticket-opened-staff-text = A new ticket from { $customer }:
mail-ticket-opened-staff-button = Answer

mail-ticket-received-subject = [no. { $ticket }] { $subject }
mail-ticket-received-text =
    We have your ticket, its number is { $ticket }. The answer comes by e-mail and stands on the ticket’s page.

    You wrote:
mail-ticket-received-button = Open the ticket

mail-ticket-answer-subject = [no. { $ticket }] { $subject }
mail-ticket-answer-text = { $who } answers:
mail-ticket-answer-button = Open the ticket

mail-ticket-solved-subject = [no. { $ticket }] { $subject }
mail-ticket-solved-text =
    { $who } has marked this ticket as solved.

    If something is still open, write on the ticket’s page: that opens it again.
mail-ticket-solved-button = Open the ticket

mail-ticket-message-staff-subject = [no. { $ticket }] { $subject }
mail-ticket-message-staff-text = { $who } writes:
mail-ticket-message-staff-button = Answer

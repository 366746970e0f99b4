# Mails. Each kind has mail-KIND-subject, mail-KIND-text and mail-KIND-button; an empty line in a text starts a paragraph.
# The subject is also the heading, so the text does not repeat it (a ticket mail has the ticket’s subject as its heading).
# A person’s words (an answer, a comment, a reason) can follow the text, so some texts end with a colon.
# Values: name: the recipient; who: the person who did it; customer; organisation: where the invitation leads;
# company: the owner of the portal; design: its title; version, order and ticket: their numbers; subject: the ticket’s
# subject; step: its name.
mail-greeting = Hello,
mail-greeting-name = Hello { $name },
mail-link-hint = If the button does not work, copy this address into your browser:
mail-footer-account = You received this email because someone entered your address on the portal of { $company }. If it was not you, you can ignore it.
mail-footer-must = You received this email from { $company } because it concerns your agreement with us.
mail-footer-designs = You received this email from { $company } because you follow designs on the portal.
mail-footer-orders = You received this email from { $company } because you follow orders on the portal.
mail-footer-tickets = You received this email from { $company } because you follow tickets on the portal.
mail-unsubscribe-designs = Unsubscribe from emails about designs
mail-unsubscribe-orders = Unsubscribe from emails about orders
mail-unsubscribe-tickets = Unsubscribe from emails about tickets

# The page that the unsubscribe link of a mail opens.
unsubscribe-designs = Unsubscribe from emails about designs?
unsubscribe-designs-button = Unsubscribe
unsubscribe-orders = Unsubscribe from emails about orders?
unsubscribe-orders-button = Unsubscribe
unsubscribe-tickets = Unsubscribe from emails about tickets?
unsubscribe-tickets-button = Unsubscribe
unsubscribe-about = You can still see everything on the portal. We will still email you about passwords, invitations and agreements.
unsubscribed-designs = You have unsubscribed from emails about designs
unsubscribed-orders = You have unsubscribed from emails about orders
unsubscribed-tickets = You have unsubscribed from emails about tickets
unsubscribed-about = Your choice is saved. You can turn these emails on again in your profile.
unsubscribed-change = Change email settings

mail-confirm-address-subject = Confirm your address
mail-confirm-address-text =
    Thank you for signing up. One step is left: confirm that this email address is yours and choose a password.

    The link works once and expires in two days.
mail-confirm-address-button = Confirm the address

mail-already-registered-subject = You already have an account
mail-already-registered-text =
    Someone, most likely you, has just tried to sign up with this address. It already has an account, so we did not create another one.

    Sign in, or set a new password if you have forgotten yours.
mail-already-registered-button = Set a new password

mail-no-account-subject = No account with this address
mail-no-account-text =
    Someone, most likely you, has requested a new password, but there is no account with this address.

    If you signed up with another address, try that one. If you are new here, sign up.
mail-no-account-button = Sign up

mail-reset-password-subject = New password
mail-reset-password-text =
    You asked to set a new password. The link works once and expires in one hour.

    If you did not ask for this, ignore this email: your password will not change.
mail-reset-password-button = Set the password

mail-invitation-subject = Invitation to join { $organisation }
mail-invitation-text =
    { $who } invites you to join the organisation. You will share its designs, orders and tickets.
mail-invitation-button = Accept the invitation

mail-staff-invitation-subject = Invitation to the { $company } team
mail-staff-invitation-text =
    { $who } invites you to the team. Set a password to get started.

    The link works once and expires in seven days.
mail-staff-invitation-button = Set the password

# Files are not attached to the mail.
mail-files = Files, which you can open on the page: { $files }

mail-design-comment-subject = New comment: { $design }
mail-design-comment-text = Written in the design while you were away:
mail-design-comment-button = Answer in the design

mail-proposal-subject = Your proposal is ready: { $design }
mail-proposal-text =
    The drawing, price and delivery date are ready. Review the proposal, then approve it or tell us what to change.
mail-proposal-button = See the proposal

mail-approved-subject = Approved: { $design }
mail-approved-text =
    This is now order no. { $order }. The approved version cannot be changed.

    We will email you about every important step.
mail-approved-button = See the order

mail-approved-staff-subject = Proposal approved: { $design } ({ $customer })
mail-approved-staff-text = Order no. { $order } has been created from the proposal.
mail-approved-staff-button = Open the order

mail-version-staff-subject = New version: { $design } ({ $customer })
mail-version-staff-text = Version { $version } is waiting for our proposal. Ask about open questions in the design.
mail-version-staff-button = Open the design

mail-declined-staff-subject = Proposal declined: { $design } ({ $customer })
mail-declined-staff-text = The customer’s reason:
mail-declined-staff-button = Open the design

mail-order-step-subject = Order no. { $order }: { $step }
mail-order-step-text = This step is complete. Work on your order continues.
mail-order-step-button = See the order

mail-order-shipped-subject = Order no. { $order } is on its way
mail-order-shipped-text =
    We have shipped your order.

    Carrier: { $carrier } { $tracking }
mail-order-shipped-button = See the order

mail-order-delivered-subject = Order no. { $order } has been delivered
mail-order-delivered-text =
    Please check it and confirm that everything is all right.

    If something is wrong, write to us from the order’s page.
mail-order-delivered-button = Check and accept

mail-order-accepted-staff-subject = Order no. { $order } accepted ({ $customer })
mail-order-accepted-staff-text = The customer has checked the order and confirmed that everything is all right.
mail-order-accepted-staff-button = Open the order

mail-ticket-opened-staff-subject = [no. { $ticket }] { $subject }
mail-ticket-opened-staff-text = New ticket. Customer: { $customer }.
mail-ticket-opened-staff-button = Answer

mail-ticket-received-subject = [no. { $ticket }] { $subject }
mail-ticket-received-text =
    We have received your ticket. Its number is { $ticket }. The answer will arrive by email and appear on the ticket’s page.

    You wrote:
mail-ticket-received-button = Open the ticket

mail-ticket-answer-subject = [no. { $ticket }] { $subject }
mail-ticket-answer-text = { $who } answered:
mail-ticket-answer-button = Open the ticket

mail-ticket-solved-subject = [no. { $ticket }] { $subject }
mail-ticket-solved-text =
    Your ticket is marked as solved.

    If you still have questions, write on the ticket’s page and we will reopen it.
mail-ticket-solved-button = Open the ticket

mail-ticket-message-staff-subject = [no. { $ticket }] { $subject }
mail-ticket-message-staff-text = { $who } wrote:
mail-ticket-message-staff-button = Answer

# The desk: to-do list, customers, outbox, staff. Texts about designs, orders and tickets are in their own files.
desk-home-title = To do
desk-nothing = All done
desk-nothing-text = Nothing is waiting for you. New designs, orders and tickets will appear here.
desk-to-answer = Answer customers
desk-late = Overdue
desk-to-start = To start or ship
desk-being-designed = In design
desk-mails-failed = { $count ->
    [one] { $count } email could not be sent
   *[other] { $count } emails could not be sent
}
customers-search = Name, email or phone
customers-none = No customers yet
customers-none-text = Customers appear here when they sign up on the portal.
customers-not-found = Nothing found: { $query }
customers-not-found-text = Try part of the name, part of the email address, or only the digits of the phone number.
customers-all = All customers
customer = Customer
customer-kind = Type
customer-contact = Contact
customer-orders = Orders
customer-last = Last activity
customer-since = Customer since
customer-note = Note about the customer
customer-note-label = What colleagues should know
customer-note-hint = Only staff see it.
outbox-states = Message states
outbox-all = All
outbox-none = No messages
outbox-none-failed = No failed messages
outbox-none-waiting = The queue is empty
outbox-none-text = Every email from the portal is listed here: what was sent, to whom and when.
outbox-send-all-again = { $count ->
    [one] Send it again
   *[other] Send all { $count } again
}
message-subject = Message
message-to = To
message-state = State
message-problem = Reason
message-written = Created
message-attempts = Attempts
message-next = Next attempt
message-sent = Sent
message-send-again = Send again
message-said = Details: { $words }
obstacle-refused = Rejected
obstacle-refused-advice = The mail server rejected this email. Usually the mailbox does not exist: contact the customer another way and check the address.
obstacle-later = Temporarily rejected
obstacle-later-advice = The mail server asked us to try later. We retry automatically for about two days.
obstacle-password = Mail server: authentication failed
obstacle-password-advice = The mail server did not accept the user name and password in smtp_url. An administrator must correct the setting and restart the portal.
obstacle-certificate = Mail server: certificate
obstacle-certificate-advice = The mail server’s certificate was issued by an authority that we do not trust, so we sent nothing. If you run your own certificate authority, an administrator must set it in smtp_ca. Otherwise the certificate, or the host name in smtp_url, is wrong.
obstacle-unencrypted = Mail server: no encryption
obstacle-unencrypted-advice = The mail server does not support encryption, and we never send email unencrypted. An administrator must check the server or smtp_url.
obstacle-unreachable = Mail server: no response
obstacle-unreachable-advice = The mail server does not respond, or the connection was lost. We retry automatically for about two days. If this continues, an administrator must check the server and smtp_url.
obstacle-slow = Mail server: timeout
obstacle-slow-advice = The mail server did not finish in time. We retry automatically for about two days.
obstacle-content = Cannot be composed
obstacle-content-advice = The email could not be composed, usually because the address is not valid. Check it with the customer.
message-secret = the link is hidden: only the recipient may see it
staff-lead = Who works at the desk and what they may do.
staff-make-administrator = Make administrator
staff-make-staff = Remove administrator rights
staff-make-administrator-about = { $name } will also be able to add staff, remove their access and change their roles.
staff-make-staff-about = { $name } will no longer be able to manage staff. All other access to the desk stays.
staff-sure = Yes, change the role
staff-dismiss = Remove access
staff-dismiss-about = { $name } will be signed out everywhere and lose access to the desk. Any staff member can take over their tickets.
staff-dismiss-sure = Yes, remove access
staff-waiting = password not set yet
staff-invite-again = Send the email again
staff-invite-title = Add a staff member
staff-invite-about = We will email a link to set a password. It works for seven days.
staff-invite-button = Add and send the email
staff-last-administrator = The portal needs at least one administrator. Appoint another first.
role-staff-about = Works with customers, designs, orders and tickets
role-staff-administrator-about = Also manages staff
customer-members = { $count ->
    [one] { $count } member
   *[other] { $count } members
}

# Contacts that staff write down.
contact-title = Write down a contact
contact-more = Call, meeting or letter · people · next step
contact-save = Save the contact
contact-next-steps = Next steps
contact-done = Done
contact-done-named = Done: { $step }
contact-summary = What was said
contact-summary-hint = Alt+N puts the cursor here. Customers never see this.
contact-channel = How
contact-channel-call = Call
contact-channel-meeting = Meeting
contact-channel-letter = Letter
contact-direction = Who made contact
contact-direction-incoming = The customer
contact-direction-outgoing = We
contact-people = Who took part
contact-people-hint = On the customer’s side.
contact-next-step = Next step
contact-next-on = Due on
contact-assignee = Who does it
contact-assignee-hint = You, if nobody is chosen.
timeline-call-incoming = Call from the customer
timeline-call-outgoing = Call to the customer
timeline-meeting-incoming = Meeting the customer asked for
timeline-meeting-outgoing = Meeting we asked for
timeline-letter-incoming = Letter from the customer
timeline-letter-outgoing = Letter to the customer
timeline-next-step = Next step: { $step }, { $day }
timeline-next-step-done = Done: { $step }

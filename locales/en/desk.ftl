# What staff see of the day; each record's texts stand in its own file.
desk-home-title = What waits
desk-nothing = All done
desk-nothing-text = Nothing waits for you now. New designs, orders and tickets come here by themselves.
desk-to-answer = Answer customers
desk-late = Late
desk-to-start = To start or to send
desk-being-designed = Being designed
desk-mails-failed = { $count ->
    [one] { $count } mail could not be sent
   *[other] { $count } mails could not be sent
}
customers-search = Name, address or phone
customers-none = No customers yet
customers-none-text = As soon as someone signs up at the portal, they stand here.
customers-not-found = Nothing found: { $query }
customers-not-found-text = Try a part of the name, the address, or only the digits of the phone.
customers-all = All customers
customer = Customer
customer-kind = Who it is
customer-contact = Contact
customer-orders = Orders
customer-last = Last event
customer-since = Customer since
customer-note = Note about the customer
customer-note-label = What colleagues should know
customer-note-hint = Only staff see it.
outbox-states = States of messages
outbox-all = All
outbox-none = No messages here
outbox-none-failed = Everything that should arrive has arrived
outbox-none-waiting = The queue is empty
outbox-none-text = Every mail of the portal passes here: what was sent, to whom and when.
message-subject = Message
message-to = To
message-state = State
message-problem = Reason
message-written = Written
message-attempts = Attempts
message-next = Next attempt
message-sent = Sent
message-send-again = Send again
message-secret = the link is hidden: it is for the recipient alone
staff-lead = Who works at the desk, and what each may do.
staff-make-administrator = Make administrator
staff-make-staff = Make staff
staff-dismiss = Take access away
staff-waiting = has not set a password yet
staff-invite-again = Send the mail again
staff-invite-title = Add someone
staff-invite-about = They get a mail with a link to set a password, which lasts seven days.
staff-invite-button = Add and send the mail
staff-last-administrator = The portal needs at least one administrator. Appoint another first.
role-staff-about = Looks after customers, designs, orders and tickets
role-staff-administrator-about = Also manages staff and the portal
customer-members = { $count ->
    [one] { $count } member
   *[other] { $count } members
}

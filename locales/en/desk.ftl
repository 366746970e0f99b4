# What staff see of the day; each record's texts stand in its own file.
desk-home-title = What waits
desk-nothing = All done
desk-nothing-text = Nothing waits for you now. New designs, orders and tickets come here by themselves.
desk-to-answer = Answer customers
desk-late = Late
desk-to-start = To start or to ship
desk-being-designed = Being designed
desk-mails-failed = { $count ->
    [one] { $count } e-mail could not be sent
   *[other] { $count } e-mails could not be sent
}
customers-search = Name, e-mail or phone
customers-none = No customers yet
customers-none-text = As soon as someone signs up at the portal, they stand here.
customers-not-found = Nothing found: { $query }
customers-not-found-text = Try a part of the name, the address, or only the digits of the phone.
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
outbox-states = States of messages
outbox-all = All
outbox-none = No messages here
outbox-none-failed = Everything that should arrive has arrived
outbox-none-waiting = The queue is empty
outbox-none-text = Every e-mail of the portal passes here: what was sent, to whom and when.
outbox-send-all-again = { $count ->
    [one] Send it again
   *[other] Send all { $count } again
}
message-subject = Message
message-to = To
message-state = State
message-problem = Reason
message-written = Written
message-attempts = Attempts
message-next = Next attempt
message-sent = Sent
message-send-again = Send again
message-said = What was said: { $words }
obstacle-refused = Refused
obstacle-refused-advice = The mail server will not take this e-mail. Most often there is no such mailbox: compare the address with the customer, and write another way.
obstacle-later = Not taken for now
obstacle-later-advice = The mail server asks to come back later. We try again by ourselves for about two days.
obstacle-password = Mail server: password
obstacle-password-advice = The mail server does not take the user and password of smtp_url. An administrator mends the setting and starts the portal again.
obstacle-certificate = Mail server: certificate
obstacle-certificate-advice = The mail server’s certificate is not from an authority that we trust, so we told it nothing. With an authority of your own, an administrator names it in smtp_ca; otherwise the server’s certificate or its name in smtp_url is wrong.
obstacle-unencrypted = Mail server: no encryption
obstacle-unencrypted-advice = The mail server does not encrypt, and we send nothing that others could read. An administrator looks at the server or at smtp_url.
obstacle-unreachable = Mail server: no answer
obstacle-unreachable-advice = The mail server does not answer, or the connection broke off. We try again by ourselves for about two days; if it lasts, an administrator looks at the server and at smtp_url.
obstacle-slow = Mail server: too slow
obstacle-slow-advice = The mail server did not finish in time. We try again by ourselves for about two days.
obstacle-content = Cannot be written
obstacle-content-advice = The e-mail cannot be put together, mostly because no e-mail can be sent to such an address. Compare it with the customer.
message-secret = the link is hidden: it is for the recipient alone
staff-lead = Who works at the desk, and what each may do.
staff-make-administrator = Make administrator
staff-make-staff = Make staff
staff-make-administrator-about = { $name } will also manage the staff: add people, remove them and change what each may do.
staff-make-staff-about = { $name } will no longer manage the staff, and keeps the rest of the desk.
staff-sure = Yes, change the role
staff-dismiss = Remove access
staff-dismiss-about = { $name } is signed out everywhere and can no longer see the desk. Anyone can take the tickets they had.
staff-dismiss-sure = Yes, remove access
staff-waiting = has not set a password yet
staff-invite-again = Send the e-mail again
staff-invite-title = Add someone
staff-invite-about = They get an e-mail with a link, valid for seven days, to set a password.
staff-invite-button = Add and send the e-mail
staff-last-administrator = The portal needs at least one administrator. Appoint another first.
role-staff-about = Looks after customers, designs, orders and tickets
role-staff-administrator-about = Also manages the staff
customer-members = { $count ->
    [one] { $count } member
   *[other] { $count } members
}

# Tickets: what customers ask and staff answer.
tickets-title = Tickets
tickets-lead = What you asked, and our answers.
tickets-new = Write to us
tickets-which = Which tickets to show
tickets-current = Current
tickets-solved = Solved
tickets-all = All
tickets-none = No tickets yet
tickets-none-current = No current tickets
tickets-none-text = Ask about an order or a product, or tell us what is wrong. We answer here and by e-mail.
tickets-none-solved = No solved tickets
tickets-none-solved-text = Your questions stay here with their answers once they are solved.

ticket-number = No. { $number }
ticket-number-order = No. { $number }, order no. { $order }
ticket-order = Order no. { $number }: { $title }
ticket-new-title = Write to us
ticket-new-lead = We answer here and by e-mail.
ticket-new-order = About order no. { $number }: { $title }
ticket-new-product = About the product: { $product }
ticket-new-customer = On behalf of
ticket-subject = Subject
ticket-subject-hint = A few words: what it is about
ticket-text = What happened, or what you would like to know
ticket-message = Message
ticket-send = Send
ticket-files = Files
ticket-files-hint = { $count ->
    [one] Up to { $count } file of at most { $size }: JPEG, PNG, WebP, GIF or PDF
   *[other] Up to { $count } files of at most { $size } each: JPEG, PNG, WebP, GIF or PDF
}
ticket-files-again = The files have to be chosen again.
ticket-turn-open = We have your ticket. The answer will appear here and come by e-mail. If there is more to say, write it.
ticket-turn-waiting = Now we are waiting for your answer.
ticket-turn-solved = This is solved. If something is left, write, and we will come back to it.

# The desk
ticket-for-staff = Waits for us
ticket-for-customer = Waits for the customer
queue-mine = Mine
queue-unassigned = Unassigned
queue-unsolved = All unsolved
queue-ticket = Ticket
queue-customer = Customer
queue-state = State
queue-updated = Updated
queue-none-mine = Nothing waits for you
queue-none-mine-text = Tickets that you took or were given will be here.
queue-see-unassigned = See unassigned tickets
queue-none-unassigned = Every ticket is taken
queue-none-unassigned-text = New tickets from customers appear here first.
queue-none-unsolved = No unsolved tickets
queue-none-unsolved-text = Every customer has an answer.
queue-none-solved-text = Tickets with a final answer are kept here.
ticket-fact-number = Number
ticket-fact-order = Order
ticket-fact-product = Product
ticket-fact-opened = Came in
ticket-solve = Mark as solved
ticket-reopen = Reopen
ticket-answer = Answer to the customer
ticket-answer-hint = The customer gets it by e-mail and sees it in the portal
ticket-answer-wait = Send the answer
ticket-answer-solve = Answer and solve
ticket-note-only = Only staff see this
ticket-note-title = Internal note
ticket-note = Note
ticket-note-hint = The customer never sees it
ticket-note-save = Add note
ticket-assignee = Assignee
ticket-assignee-none = Nobody
ticket-priority = Priority

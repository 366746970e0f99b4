# Tickets: customers’ questions and staff’s answers.
tickets-title = Tickets
tickets-lead = Your questions and our answers.
tickets-new = Write to us
tickets-which = Which tickets to show
tickets-current = Current
tickets-solved = Solved
tickets-all = All
tickets-none = No tickets yet
tickets-none-current = No current tickets
tickets-none-text = Ask about an order or a product, or report a problem. We will answer here and by email.
tickets-none-solved = No solved tickets
tickets-none-solved-text = Solved tickets and their answers stay here.

ticket-number = No. { $number }
ticket-number-order = No. { $number }, order no. { $order }
ticket-order = Order no. { $number }: { $title }
ticket-new-title = Write to us
ticket-new-lead = We will answer here and by email.
ticket-new-order = About order no. { $number }: { $title }
ticket-new-product = About the product: { $product }
ticket-new-customer = On behalf of
ticket-subject = Subject
ticket-subject-hint = A few words about the topic
ticket-text = What happened, or what would you like to know?
ticket-message = Message
ticket-send = Send
ticket-files = Files
ticket-files-hint = { $count ->
    [one] Up to { $count } file of at most { $size }: JPEG, PNG, WebP, GIF or PDF
   *[other] Up to { $count } files of at most { $size } each: JPEG, PNG, WebP, GIF or PDF
}
ticket-files-again = Please select the files again.
ticket-turn-open = We have received your ticket. The answer will appear here and arrive by email. If you have something to add, write it here.
ticket-turn-waiting = We are waiting for your answer.
ticket-turn-solved = This ticket is solved. If you still have questions, write here and we will reopen it.

# The desk
ticket-for-staff = Waiting for us
ticket-for-customer = Waiting for the customer
queue-mine = Mine
queue-unassigned = Unassigned
queue-unsolved = All unsolved
queue-ticket = Ticket
queue-customer = Customer
queue-state = State
queue-updated = Updated
queue-none-mine = You have no tickets
queue-none-mine-text = Tickets assigned to you appear here.
queue-see-unassigned = See unassigned tickets
queue-none-unassigned = No unassigned tickets
queue-none-unassigned-text = New tickets from customers appear here first.
queue-none-unsolved = No unsolved tickets
queue-none-unsolved-text = All customers have been answered.
queue-none-solved-text = Solved tickets appear here.
ticket-fact-number = Number
ticket-fact-order = Order
ticket-fact-product = Product
ticket-fact-opened = Received
ticket-solve = Mark as solved
ticket-reopen = Reopen
ticket-answer = Answer to the customer
ticket-answer-hint = The customer receives it by email and sees it on the portal
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

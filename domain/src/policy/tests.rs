//! The policy as tables: every role with every permission, and with every action on every kind of owner.

use super::*;
use uuid::Uuid;

fn customer(n: u128) -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(n))
}

fn person(n: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(n))
}

const OWN_PERSON: u128 = 1;
const OWN_CUSTOMER: u128 = 1;
const OTHER: u128 = 2;

/// The actors in the order of the tables' columns: visitor, customer member, customer administrator, staff,
/// administrator, system.
fn actors() -> [Actor; 6] {
    // A new role must become a column.
    for role in StaffRole::ALL {
        match role {
            StaffRole::Staff | StaffRole::Administrator => {}
        }
    }
    for role in MemberRole::ALL {
        match role {
            MemberRole::Member | MemberRole::Administrator => {}
        }
    }
    let member = |role| Membership { customer: customer(OWN_CUSTOMER), role };
    let actor = |staff, memberships| Actor::new(person(OWN_PERSON), staff, memberships);
    [
        Actor::Visitor,
        actor(None, vec![member(MemberRole::Member)]),
        actor(None, vec![member(MemberRole::Administrator)]),
        actor(Some(StaffRole::Staff), Vec::new()),
        actor(Some(StaffRole::Administrator), Vec::new()),
        Actor::System,
    ]
}

/// Writes a decision as a letter: `+` allowed, `s` the actor must sign in, `m` as if the record was missing, `r` the role
/// does not allow it.
fn letter<T>(decision: Result<T, Refusal>) -> char {
    match decision {
        Ok(_) => '+',
        Err(Refusal::SignIn) => 's',
        Err(Refusal::Missing) => 'm',
        Err(Refusal::Role) => 'r',
    }
}

/// Returns the decisions about an action, one group for each owner: a customer of the member, another customer, the
/// actor's own person, another person, the company. In a group there is a letter for each of [`actors`].
fn expected_decisions(action: Action) -> &'static str {
    use Action::*;
    match action {
        //                 own    other  self   person company
        See => "           s+++++ smm+++ s+++++ smm+++ smm+++",
        StartDesign => "   s+++++ smm+++ smm+++ smm+++ smm+++",
        EditDesign => "    s+++++ smm+++ smm+++ smm+++ smm+++",
        NameVersion => "   s+++++ smm+++ smm+++ smm+++ smm+++",
        OpenTicket => "    s+++++ smm+++ smm+++ smm+++ smm+++",
        WriteMessage => "  s+++++ smm+++ smm+++ smm+++ smm+++",
        AnswerProposal => "s++rr+ smmrr+ smmrr+ smmrr+ smmrr+",
        DirectDelivery => "s++rr+ smmrr+ smmrr+ smmrr+ smmrr+",
        AcceptDelivery => "s++rr+ smmrr+ smmrr+ smmrr+ smmrr+",
        EditCustomer => "  sr+rr+ smmrr+ smmrr+ smmrr+ smmrr+",
        ManageMembers => " sr+rr+ smmrr+ smmrr+ smmrr+ smmrr+",
        EditPerson => "    smmrr+ smmrr+ s+++++ smmrr+ smmrr+",
        SeeInternal => "   smm+++ smm+++ smm+++ smm+++ smm+++",
        Propose => "       smm+++ smm+++ smm+++ smm+++ smm+++",
        Produce => "       smm+++ smm+++ smm+++ smm+++ smm+++",
        HandleTicket => "  smm+++ smm+++ smm+++ smm+++ smm+++",
        ResendMail => "    smm+++ smm+++ smm+++ smm+++ smm+++",
        ManageCompany => " smmr++ smmr++ smmr++ smmr++ smmr++",
    }
}

#[test]
fn every_role_may_do_exactly_the_actions_of_the_table() {
    let owners = [
        Owner::Customer(customer(OWN_CUSTOMER)),
        Owner::Customer(customer(OTHER)),
        Owner::Person(person(OWN_PERSON)),
        Owner::Person(person(OTHER)),
        Owner::Company,
    ];
    for action in Action::ALL {
        let decide = |owner| actors().iter().map(|actor| letter(actor.may(*action, owner))).collect::<String>();
        let decisions = owners.map(decide).join(" ");
        assert_eq!(decisions, expected_decisions(*action).trim(), "{action:?}");
    }
}

#[test]
fn members_of_several_customers_have_their_role_in_each() {
    let memberships = vec![
        Membership { customer: customer(1), role: MemberRole::Member },
        Membership { customer: customer(2), role: MemberRole::Administrator },
    ];
    let actor = Actor::new(person(OWN_PERSON), None, memberships);
    let manage = |n| actor.may(Action::ManageMembers, Owner::Customer(customer(n)));
    assert_eq!([manage(1), manage(2), manage(3)], [Err(Refusal::Role), Ok(()), Err(Refusal::Missing)]);
}

/// Returns who gets the key for a permission, and who gets a scope for it, with a letter for each of [`actors`].
fn expected_keys(permission: Permission) -> (&'static str, &'static str) {
    use Permission::*;
    match permission {
        ReadCustomers | ReadTimeline | ReadDesigns | ReadCosts | ReadOrders | ReadTickets | ReadFiles | ReadOutbox => {
            ("smm++m", "s+++++")
        }
        ReadAccountLinks | ReadCompanyTimeline => ("smmr+m", "s++r++"),
    }
}

#[test]
fn every_role_gets_exactly_the_keys_of_the_table() {
    fn keys<P: Permitted>() -> (Permission, String) {
        (P::PERMISSION, actors().iter().map(|actor| letter(actor.permit::<P>())).collect())
    }
    let keys = [
        keys::<ReadCustomers>(),
        keys::<ReadTimeline>(),
        keys::<ReadDesigns>(),
        keys::<ReadCosts>(),
        keys::<ReadOrders>(),
        keys::<ReadTickets>(),
        keys::<ReadFiles>(),
        keys::<ReadOutbox>(),
        keys::<ReadAccountLinks>(),
        keys::<ReadCompanyTimeline>(),
    ];
    assert_eq!(keys.each_ref().map(|(permission, _)| *permission), *Permission::ALL);
    for (permission, given) in keys {
        assert_eq!(given, expected_keys(permission).0, "{permission:?}");
        let scopes: String = actors().iter().map(|actor| letter(actor.scope(permission))).collect();
        assert_eq!(scopes, expected_keys(permission).1, "{permission:?}");
    }
}

#[test]
fn scopes_of_buyers_are_their_memberships_and_others_see_all_customers() {
    for actor in actors() {
        for permission in Permission::ALL {
            let Ok(scope) = actor.scope(*permission) else { continue };
            let expected = if actor.buyer().is_ok() { Scope::Member(person(OWN_PERSON)) } else { Scope::All };
            assert_eq!(scope, expected, "{actor:?} {permission:?}");
        }
    }
}

#[test]
fn keys_name_the_person_who_got_them() {
    let actor = Actor::new(person(OWN_PERSON), Some(StaffRole::Staff), Vec::new());
    assert_eq!(actor.permit::<ReadTickets>().unwrap().person(), person(OWN_PERSON));
    assert_eq!(actor.staff().unwrap().person(), person(OWN_PERSON));
}

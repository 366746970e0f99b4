//! The plan of one randomly generated design.

use super::people::Buyer;
use domain::{Timestamp, policy::Actor};
use store::product::Product;

pub struct DesignPlan<'a> {
    pub buyer: &'a Buyer,
    /// The member of the customer who designs.
    pub designer: Actor,
    pub staff: &'a Actor,
    pub product: &'a Product,
    pub started_at: Timestamp,
}

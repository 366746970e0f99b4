//! What staff see. One file a page.

use crate::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
}

//! The company that runs the portal: first run and staff.

pub mod desk;
pub mod first_run;

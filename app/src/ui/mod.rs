//! Components used everywhere. They show what they are given; texts come from the pages.

mod field;
mod icon;
mod layout;
mod moment;
mod notice;
mod state;

pub use field::{Checkbox, Field, Form, Options, Select, TextArea};
pub use icon::{Brand, Icon, Shape};
pub use layout::{Avatar, Empty, PageHead, Pager};
pub use moment::{Moment, When};
pub use notice::{Notice, Tone};
pub use state::{StateLabel, StateTone};

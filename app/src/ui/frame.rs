//! The frame of every page: header with navigation and account menu, footer with the language switch. CSS puts the
//! navigation above the page in the portal and beside it at the desk. Menus are popovers, which need no script.

use crate::ui::{Avatar, Brand, Icon, Shape};
use leptos::prelude::*;

#[derive(Debug, Clone)]
pub struct NavLink {
    pub href: String,
    pub name: String,
    pub here: bool,
    /// Number of records on that page that need attention.
    pub count: Option<u64>,
}

#[derive(Debug, Clone)]
pub struct Navigation {
    pub label: String,
    pub links: Vec<NavLink>,
    /// The label of the menu that contains the links on a phone; `None` if they fit without one.
    pub folded: Option<String>,
}

/// The account menu.
#[derive(Debug, Clone)]
pub struct Account {
    pub label: String,
    pub name: String,
    pub links: Vec<NavLink>,
    pub sign_out: String,
}

/// The end of the header.
#[derive(Debug, Clone)]
pub enum SignInState {
    SignedIn(Account),
    /// Links to sign in and sign up; the last is shown as a button.
    SignedOut(Vec<NavLink>),
}

/// Tag and name of each other language, and the path to redirect back to.
#[derive(Debug, Clone)]
pub struct Languages {
    pub back: String,
    pub others: Vec<(String, String)>,
}

#[component]
pub fn SkipLink(#[prop(into)] text: String) -> impl IntoView {
    view! { <a class="skip" href="#content">{text}</a> }
}

#[component]
pub fn PageFrame(
    #[prop(into)] skip: String,
    /// The link of the name.
    #[prop(into)]
    home: String,
    #[prop(into)] name: String,
    navigation: Navigation,
    sign_in: SignInState,
    languages: Languages,
    /// Text of the footer.
    #[prop(into)]
    foot: String,
    /// Whether to use a narrow column, for pages with one form.
    #[prop(optional)]
    narrow: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <SkipLink text=skip/>
        <header class="top">
            <a class="brand" href=home><Brand/><span dir="auto">{name}</span></a>
            {(!navigation.links.is_empty()).then(|| view! { <Nav navigation/> })}
            <div class="end">{account_area(sign_in)}</div>
        </header>
        <main id="content" class=if narrow { "narrow" } else { "" } tabindex="-1">{children()}</main>
        <footer class="foot">
            <span>{foot}</span>
            <LanguageSwitch languages/>
        </footer>
    }
}

#[component]
fn Nav(navigation: Navigation) -> impl IntoView {
    let Navigation { label, links, folded } = navigation;
    let (sheet, popover) = folded.as_ref().map(|_| ("sheet", "auto")).unzip();
    let menu_button = folded.map(|word| menu_button(word, &links));
    let links = links.into_iter().map(|link| view! { <li>{nav_link(link)}</li> }).collect_view();
    view! { <nav aria-label=label>{menu_button}<ul id="places" class=sheet popover=popover>{links}</ul></nav> }
}

/// The menu button on a phone: the current page and the sum of all counts.
fn menu_button(word: String, links: &[NavLink]) -> impl IntoView + use<> {
    let here = links.iter().find(|link| link.here).map_or(word, |link| link.name.clone());
    let waiting: u64 = links.iter().filter_map(|link| link.count).sum();
    view! {
        <button class="navlink unfold" type="button" popovertarget="places">
            <Icon shape=Shape::Menu/>
            {count(waiting)}
            <span>{here}</span>
        </button>
    }
}

fn count(waiting: u64) -> impl IntoView {
    (waiting > 0).then(|| view! { <span class="count">{waiting}</span> })
}

fn nav_link(link: NavLink) -> impl IntoView {
    view! {
        <a class="navlink" href=link.href aria-current=link.here.then_some("page")>
            <span>{link.name}</span>
            {link.count.map(count)}
        </a>
    }
}

fn account_area(sign_in: SignInState) -> AnyView {
    match sign_in {
        SignInState::SignedIn(account) => view! { <AccountMenu account/> }.into_any(),
        SignInState::SignedOut(mut links) => {
            let button = links.pop().map(|link| view! { <a class="button" href=link.href>{link.name}</a> });
            view! { {links.into_iter().map(nav_link).collect_view()} {button} }.into_any()
        }
    }
}

#[component]
fn AccountMenu(account: Account) -> impl IntoView {
    let links = account.links.into_iter().map(nav_link).collect_view();
    view! {
        <div class="menu">
            <button class="navlink" type="button" popovertarget="account">
                <span class="visually-hidden">{account.label}</span>
                <Avatar name=account.name.clone()/>
                <span class="who" dir="auto">{account.name.clone()}</span>
                <Icon shape=Shape::ChevronDown/>
            </button>
            <div id="account" class="sheet" popover="auto">
                <p class="small soft" dir="auto">{account.name}</p>
                {links}
                <form method="post" action="/sign-out">
                    <button class="navlink" type="submit">{account.sign_out}</button>
                </form>
            </div>
        </div>
    }
}

/// Buttons for the other languages, each named in itself.
#[component]
fn LanguageSwitch(languages: Languages) -> impl IntoView {
    let buttons = languages
        .others
        .into_iter()
        .map(|(tag, name)| {
            view! { <button class="linkbutton" name="language" value=tag.clone() lang=tag>{name}</button> }
        })
        .collect_view();
    view! {
        <form method="post" action="/language">
            <input type="hidden" name="back" value=languages.back/>
            {buttons}
        </form>
    }
}

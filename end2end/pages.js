// The main pages, for the screenshots: name, who looks (a key of PEOPLE, or nobody), address, and the link to follow
// from there where the page's own address is not known before.

export const PAGES = [
  { name: "home", path: "/" },
  { name: "sign-up", path: "/sign-up" },
  { name: "sign-in", path: "/sign-in" },
  { name: "forgotten", path: "/forgotten" },
  { name: "customer-home", role: "customer", path: "/" },
];

// The main pages, for the screenshots and for tests/pages.spec.js: name, role (a key of PEOPLE, or none for visitors),
// path, and the links to follow from there if the page's own path is not known in advance.

export const PAGES = [
  { name: "home", path: "/" },
  { name: "products", path: "/products" },
  { name: "product", path: "/products/dining-table" },
  { name: "sign-up", path: "/sign-up" },
  { name: "sign-in", path: "/sign-in" },
  { name: "forgotten", path: "/forgotten" },

  { name: "customer-home", role: "customer", path: "/" },
  { name: "designs", role: "customer", path: "/designs" },
  { name: "room", role: "customer", path: "/", follow: ["section:last-of-type a[href^='/designs/']"] },
  { name: "design", role: "customer", path: "/", follow: [".first a", "a[href^='/designs/']"] },
  { name: "proposal", role: "customer", path: "/", follow: [".first a"] },
  { name: "version", role: "customer", path: "/orders", follow: [".list a", "a[href*='/versions/']"] },
  { name: "orders", role: "customer", path: "/orders" },
  { name: "order", role: "customer", path: "/orders", follow: [".list a"] },
  { name: "tickets", role: "customer", path: "/tickets" },
  { name: "ticket", role: "customer", path: "/tickets?show=all", follow: [".list a"] },
  { name: "new-ticket", role: "customer", path: "/orders", follow: [".list a", "a[href^='/tickets/new']"] },
  { name: "profile", role: "customer", path: "/profile" },
  { name: "notices", role: "customer", path: "/profile/notices" },
  { name: "password", role: "customer", path: "/profile/password" },
  { name: "sessions", role: "customer", path: "/profile/sessions" },
  { name: "organisation", role: "customer", path: "/organisation" },
  { name: "address", role: "customer", path: "/organisation/addresses/new" },
  { name: "members", role: "customer", path: "/organisation/members" },
  { name: "member", role: "customer", path: "/organisation/members", follow: [".list a"] },
  { name: "history", role: "customer", path: "/history" },

  { name: "desk-home", role: "staff", path: "/desk" },
  { name: "desk-tickets", role: "staff", path: "/desk/tickets?show=unsolved" },
  { name: "desk-ticket", role: "staff", path: "/desk/tickets?show=unsolved", follow: ["table th a"] },
  { name: "desk-orders", role: "staff", path: "/desk/orders" },
  { name: "desk-accepted", role: "staff", path: "/desk/orders?show=accepted" },
  { name: "desk-order", role: "staff", path: "/desk/orders", follow: [".card"] },
  { name: "desk-designs", role: "staff", path: "/desk/designs" },
  { name: "desk-room", role: "staff", path: "/desk/designs?state=designing", follow: ["table th a"] },
  { name: "desk-proposed", role: "staff", path: "/desk/designs?state=proposed", follow: ["table th a"] },
  { name: "desk-customers", role: "staff", path: "/desk/customers" },
  { name: "desk-customer", role: "staff", path: "/desk/customers?q=olena@example.com", follow: ["table th a"] },
  { name: "desk-outbox", role: "staff", path: "/desk/outbox?state=all" },
  { name: "desk-mail", role: "staff", path: "/desk/outbox?state=all", follow: ["table th a"] },

  { name: "staff", role: "administrator", path: "/desk/staff" },
];

/** Opens the page. A person with its role must be signed in. */
export async function open(page, { path, follow = [] }) {
  await page.goto(path);
  for (const link of follow) await page.goto(await page.locator(`main ${link}`).first().getAttribute("href"));
}

// The configuration of the browser tests. ./dev test sets E2E_PROGRAM and E2E_DATABASE: see fixtures/program.js and
// fixtures/database.js.
import { defineConfig } from "@playwright/test";
import { browserOptions } from "./fixtures/browser.js";

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  // Each worker has its own server and database.
  fullyParallel: false,
  workers: 2,
  reporter: [["list"], ["./fixtures/counts.js"]],
  use: {
    launchOptions: browserOptions(),
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
});

// How the browser tests run. ./dev test sets E2E_PROGRAM, E2E_DATABASE and what goes with it: see fixtures/program.js.
import { defineConfig } from "@playwright/test";
import { browserOptions } from "./fixtures/browser.js";

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  // Each worker has a server with its own database.
  fullyParallel: false,
  workers: 2,
  reporter: [["list"], ["./fixtures/counts.js"]],
  use: {
    launchOptions: browserOptions(),
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
});

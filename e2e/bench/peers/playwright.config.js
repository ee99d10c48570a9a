// Playwright Test as it is set up by default, without its web server, retries and reports.
const { defineConfig } = require("@playwright/test");
const given = require(process.env.GIVEN);

module.exports = defineConfig({
  testDir: __dirname,
  outputDir: process.env.RESULTS,
  reporter: "line",
  workers: 1,
  use: { locale: "en-US", launchOptions: { executablePath: given.chromium } },
});

export default function (config) {
  config.setQuietMode(true);
  return {
    dir: { input: "content", includes: "../_includes", data: "../_data", output: "site" },
    markdownTemplateEngine: false,
    templateFormats: ["md"],
  };
}

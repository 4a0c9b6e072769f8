// The SDK then throws where it would otherwise print a paragraph into a name.
process.env.PULUMI_ERROR_OUTPUT_STRING = "1";

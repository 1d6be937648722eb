// The YAML language server: what is wrong with a text after a schema, what may stand at a place, what a key means.
import "monaco-yaml/yaml.worker.js";

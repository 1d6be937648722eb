// Style elements need the page's nonce under its policy; Monaco and xterm.js make some, without it.
const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
const create = document.createElement.bind(document);
document.createElement = (tag: string, options?: ElementCreationOptions) => {
  const element = create(tag, options);
  if (nonce && element instanceof HTMLStyleElement) element.nonce = nonce;
  return element;
};
export {};

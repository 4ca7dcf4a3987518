// What a page consists of, without what it says: its elements in order, their states and looks. Rows of the same
// kind beside each other count as one.
(() => {
  const SAYS = /^(id|for|name|value|href|src|action|title|alt|content|datetime|aria-(label|labelledby|describedby|controls)|data-.*)$/;
  const attribute = ({ name, value }) => name + (SAYS.test(name) && name !== "data-theme" ? !!value : value);
  const part = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() && "…";
    return node.nodeType === Node.ELEMENT_NODE ? kind(node) : "";
  };
  const kind = (element) => {
    const attributes = [...element.attributes].map(attribute).sort().join(" ");
    const parts = [...element.childNodes].map(part).filter(Boolean);
    const unlike = parts.filter((one, index) => one !== parts[index - 1]);
    return `<${element.tagName} ${attributes} ${element.matches("input:checked")}>${unlike.join("")}</>`;
  };
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const consists = kind(document.documentElement).replace(/[0-9a-f-]{8,}|\d{2,}/g, "#");
  return `${innerWidth} ${isDark} ${consists}`;
})()

// A chart of the values of an attribute. Each value is a bar with an input that selects it.
import { element } from "./service.js";

/** The attribute whose values are years, in order of time. One year at a time can be in a filter. */
export const DATE = "StudyDate";

export const LABELS = { collection_id: "Collection", Modality: "Modality", BodyPartExamined: "Body part", [DATE]: "Year of the study" };

/** The value in a filter that stands for a missing value. */
const NULL = "None";

/** How many bars a chart shows at first. Otherwise the keyboard would need many steps to the next chart. */
const SHOWN = 10;

const number = new Intl.NumberFormat("en");

/** Returns the value in a filter that selects a counted value. */
function filterValue(attribute, value) {
  if (value === null) {
    return NULL;
  }
  return attribute === DATE ? `${value}%` : value;
}

/** Returns how the page shows a value of a filter. */
export function shownValue(attribute, value) {
  if (value === NULL) {
    return "(no value)";
  }
  if (value === "") {
    return "(empty)";
  }
  return attribute === DATE ? value.replace(/%$/, "") : value;
}

/** The service ignores case. */
const equal = (a, b) => a.toLowerCase() === b.toLowerCase();

export class Chart {
  #attribute;
  #isDate;
  /** The bars by the value in a filter. */
  #bars = new Map();
  #all;
  #list = element("div", { className: "bars" });
  #find = element("input", { type: "search", placeholder: "Find", autocomplete: "off" });
  #none = element("p", { className: "none", role: "status" });
  #more = element("button", { type: "button", hidden: true });
  #isExpanded = false;

  /** Creates a chart without bars, which is hidden. The change events of its inputs have the attribute as their name. */
  constructor(attribute) {
    this.#attribute = attribute;
    this.#isDate = attribute === DATE;
    this.#find.ariaLabel = `Find in ${LABELS[attribute]}`;
    this.#find.addEventListener("input", () => this.#show());
    this.#more.addEventListener("click", () => {
      this.#isExpanded = !this.#isExpanded;
      this.#show();
    });
    if (this.#isDate) {
      this.#all = this.#bar("", "All years");
      this.#list.append(this.#all.shown);
    }
    this.element = element("fieldset", { hidden: true }, element("legend", { textContent: LABELS[attribute] }), this.#find, this.#list, this.#none, this.#more);
  }

  #bar(value, label) {
    const input = element("input", { type: this.#isDate ? "radio" : "checkbox", name: this.#attribute, value });
    const count = element("span", { className: "count" });
    // A long value can break after an underscore.
    const text = label.split(/(?<=_)/).flatMap((part) => [part, element("wbr")]);
    const shown = element("label", { className: "bar" }, input, element("span", { className: "value" }, ...text), count);
    return { value, label, input, count, shown, series: 0 };
  }

  #add(value) {
    const bar = this.#bar(value, shownValue(this.#attribute, value));
    this.#bars.set(value, bar);
    this.#list.append(bar.shown);
  }

  /** Shows which values are in the filter. A value that the data does not have gets a bar too. */
  choose(values) {
    const known = [...this.#bars.keys()];
    values.filter((value) => !known.some((other) => equal(other, value))).forEach((value) => this.#add(value));
    this.#bars.forEach(({ input }, value) => (input.checked = values.some((other) => equal(other, value))));
    if (this.#all) {
      this.#all.input.checked = values.length === 0;
    }
    this.#show();
  }

  /** Shows counts. The order of the bars can change, but only if the filter on another attribute has changed. */
  draw(counts) {
    const series = new Map(counts.map((count) => [filterValue(this.#attribute, count.value), count.series]));
    const most = Math.max(1, ...series.values());
    [...series.keys()].filter((value) => !this.#bars.has(value)).forEach((value) => this.#add(value));
    for (const bar of this.#bars.values()) {
      bar.series = series.get(bar.value) ?? 0;
      bar.count.textContent = number.format(bar.series);
      bar.shown.style.setProperty("--share", bar.series / most);
    }
    this.#sort();
    this.#show();
  }

  /** Removes the counts, which are not those of the filter. */
  clear() {
    for (const { count, shown } of this.#bars.values()) {
      count.textContent = "–";
      shown.style.setProperty("--share", 0);
    }
  }

  #sort() {
    const byLabel = (a, b) => a.label.localeCompare(b.label);
    const order = this.#isDate ? (a, b) => byLabel(b, a) : (a, b) => b.series - a.series || byLabel(a, b);
    const unsorted = [...this.#bars.values()];
    const sorted = unsorted.toSorted(order);
    if (sorted.some((bar, i) => bar !== unsorted[i])) {
      this.#bars = new Map(sorted.map((bar) => [bar.value, bar]));
      const focused = document.activeElement;
      this.#list.append(...sorted.map(({ shown }) => shown));
      if (this.#list.contains(focused)) {
        focused.focus();
      }
    }
  }

  #show() {
    const wanted = this.#find.value.trim().toLowerCase();
    const isNarrow = !this.#isExpanded && wanted === "";
    const available = [...this.#bars.values()].filter(({ series, input }) => series > 0 || input.checked);
    const found = available.filter(({ label }) => label.toLowerCase().includes(wanted));
    const visible = new Set(
      // The bar with the focus stays, so that the keyboard can go on from it.
      isNarrow ? found.filter(({ input }, i) => i < SHOWN || input.checked || input === document.activeElement) : found,
    );
    this.element.hidden = this.#bars.size === 0;
    this.#bars.forEach((bar) => (bar.shown.hidden = !visible.has(bar)));
    this.#list.classList.toggle("scrolls", !isNarrow);
    this.#find.hidden = available.length <= SHOWN && wanted === "";
    this.#more.hidden = available.length <= SHOWN || wanted !== "";
    this.#more.textContent = this.#isExpanded ? `Show ${SHOWN}` : `Show all ${number.format(available.length)}`;
    this.#more.ariaExpanded = this.#isExpanded;
    this.#none.textContent = visible.size > 0 ? "" : wanted === "" ? "No series" : `No value contains “${this.#find.value.trim()}”.`;
  }
}

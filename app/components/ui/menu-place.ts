export const MENU_ITEM =
  "flex cursor-default items-center gap-2.5 rounded-sm px-2 py-1.5 text-sm outline-none select-none data-highlighted:bg-selected max-sm:py-2.5";

/** Menus open inside the header, so that they stay within a landmark of the page. */
export const MENUS = "menus";

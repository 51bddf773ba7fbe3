export const COMMAND_INPUT =
  "h-11 w-full border-b bg-transparent px-3.5 text-base outline-none placeholder:text-faint";

export const COMMAND_ITEM =
  "flex cursor-default items-center gap-2.5 rounded-sm px-2.5 py-2 text-sm select-none data-[selected=true]:bg-selected";

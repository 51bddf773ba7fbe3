import { createContext, useContext } from "react";

/** The input that a path of the body goes into: the one that was last used. */
export interface Aim {
  label: string;
  put(text: string): void;
}

export const AimContext = createContext<(aim: Aim) => void>(() => {});
export const useAim = () => useContext(AimContext);

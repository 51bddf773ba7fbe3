import { useLocation, useNavigation } from "@remix-run/react";
import { useEffect, useState } from "react";

const PATIENCE_MS = 250;

/** True once moving to another page takes long enough to be noticed; false for a change of filters. */
export function useSlowNavigation(): boolean {
  const { pathname } = useLocation();
  const navigation = useNavigation();
  const leaving =
    navigation.state === "loading" && !navigation.formMethod && navigation.location.pathname !== pathname;
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!leaving) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [leaving]);
  return slow;
}

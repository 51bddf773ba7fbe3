/** What was wrong with the form as a whole. */
export function FormError({ errors, id }: { errors?: string[]; id?: string }) {
  if (!errors?.length) return null;
  return (
    <p
      id={id}
      role="alert"
      className="rounded-md border border-danger/50 bg-danger/10 px-3 py-2 text-sm text-danger"
    >
      {errors.join(" ")}
    </p>
  );
}

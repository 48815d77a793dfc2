import React, { useState } from "react";
export const Panel = ({ user }: Props) => {
  const [open, setOpen] = useState<boolean>(false);
  if (user.role === "admin") return <Admin onClick={() => setOpen(!open)} title="x" />;
  return <div>{open && <Log lines={load(user)} />}<a href="https://host.example/">{user ? show(user) : null}</a></div>;
};

// A dialog with one name: of something new, or of what has one already.

import { type ReactNode, useState } from "react";
import { FormDialog } from "./form-dialog";
import { TextField } from "./text-field";

type Props = {
  readonly title: string;
  readonly description?: string;
  /** Of the field. */
  readonly label: string;
  /** What it is called by now. */
  readonly name?: string | undefined;
  readonly placeholder?: string;
  readonly maxLength: number;
  /** No name is an answer, too. */
  readonly mayBeEmpty?: boolean;
  /** On the button that saves. */
  readonly verb: string;
  readonly busy?: boolean;
  readonly error?: string | null;
  /** The name without spaces around it. */
  readonly onSave: (name: string) => void;
  readonly onClose: () => void;
  /** What else is asked, below the name. */
  readonly children?: ReactNode;
};

export function NameDialog(props: Props) {
  const { title, description, verb, busy, mayBeEmpty = false, onSave, onClose, children } = props;
  const [typed, setTyped] = useState(props.name ?? "");
  const isFit = mayBeEmpty || typed.trim() !== "";
  return (
    <FormDialog
      title={title}
      description={description}
      width="small"
      verb={verb}
      busy={busy ?? false}
      incomplete={!isFit}
      onSubmit={() => isFit && onSave(typed.trim())}
      onClose={onClose}
    >
      <TextField
        label={props.label}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        error={props.error}
        onFocus={(event) => event.target.select()}
        required={!mayBeEmpty}
      />
      {children}
    </FormDialog>
  );
}

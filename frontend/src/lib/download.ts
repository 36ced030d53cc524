// Saves a text as a file on the person's device.

export function downloadText(fileName: string, text: string, mime = "application/json"): void {
  const address = URL.createObjectURL(new Blob([text], { type: mime }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

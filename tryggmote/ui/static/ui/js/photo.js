// Makes a photograph from the phone small before it is sent: <input type="file" data-photo>. Faster with one bar of
// coverage, and where and with what it was taken stays on the phone. The server writes it anew in any case.

const LONGEST = 2_000; // pixels, as the server keeps it
const QUALITY = 0.85;

const smaller = async (file) => {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
  return new File([blob], "bilde.jpg", { type: blob.type });
};

document.addEventListener("change", async ({ target: field }) => {
  if (!field.matches("input[type=file][data-photo]") || !field.files.length) return;
  const chosen = field.files[0];
  try {
    const small = await smaller(chosen);
    if (field.files[0] !== chosen || small.size >= chosen.size) return;
    const files = new DataTransfer();
    files.items.add(small);
    field.files = files.files;
  } catch {
    // What the browser cannot draw is sent as it is; the server says what is wrong with it.
  }
});

#!/bin/sh
# Builds the site that is given to the public.
here=$(cd "$(dirname "$0")" && pwd) || exit 3
end() {
  if [ -t 0 ]; then
    printf '\nNhấn Enter để đóng cửa sổ. / Press Enter to close. '
    read -r _
  fi
  exit "$1"
}
bin=$here/vitrine
[ -x "$bin" ] || bin=$here/../vitrine
[ -x "$bin" ] || bin=$(command -v vitrine) || {
  echo "Không thấy vitrine bên cạnh tệp này. Hãy giải nén cả gói rồi chạy lại."
  echo "vitrine is not beside this file. Unpack the whole archive, then run this again."
  end 2
}
kho=$here/kho-cua-toi
[ -f "$here/content/site.yaml" ] && kho=$here
[ -f "$kho/content/site.yaml" ] || {
  echo "Không thấy kho (thư mục kho-cua-toi) bên cạnh tệp này."
  echo "There is no archive (folder kho-cua-toi) beside this file."
  end 2
}
cd "$kho" || end 3
"$bin" --lang vi build
code=$?
if [ $code = 0 ]; then
  echo "Trang đã dựng xong, mở bằng tệp: $PWD/public/index.html"
  echo "The site is built; open the file named above."
else
  echo "Chưa dựng được, trang cũ giữ nguyên; xem các dòng ở trên."
  echo "Not built, the old site stays as it was; see the lines above."
fi
end $code

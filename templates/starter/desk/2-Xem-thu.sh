#!/bin/sh
# Shows the site in the browser, live while the content is edited.
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
echo "Hiện cả bản ghi chưa công bố? Gõ c rồi Enter; chỉ Enter là không."
printf 'Also show unpublished records? Type c, then Enter; Enter alone for no: '
read -r answer || answer=
drafts=
case $answer in [cCyY]) drafts=--drafts ;; esac
cd "$kho" || end 3
"$bin" --lang vi serve --open $drafts
end $?
